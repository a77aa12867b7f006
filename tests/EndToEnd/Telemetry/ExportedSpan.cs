using System.Text;

namespace NymDirectory.EndToEnd.Telemetry;

/// <summary>One span of an OTLP export, as far as the tests look at it.</summary>
/// <param name="Service">The resource's <c>service.name</c>.</param>
/// <param name="TraceId">In hex.</param>
/// <param name="ParentId">In hex; empty for a root.</param>
/// <param name="Name">What was done.</param>
internal sealed record ExportedSpan(string Service, string TraceId, string ParentId, string Name)
{
    /// <summary>Reads an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<ExportedSpan> Read(byte[] export)
    {
        foreach (var resourceSpans in ProtoField.Read(export).Where(field => field.Number == 1))
        {
            var parts = ProtoField.Read(resourceSpans.Bytes);
            var service = ServiceName(parts.Single(part => part.Number == 1).Bytes);
            foreach (var span in parts.Where(part => part.Number == 2).SelectMany(scope => ProtoField.Read(scope.Bytes)).Where(part => part.Number == 2))
            {
                yield return ReadSpan(service, ProtoField.Read(span.Bytes));
            }
        }
    }

    private static ExportedSpan ReadSpan(string service, IReadOnlyList<ProtoField> fields)
    {
        byte[] Bytes(int number) => fields.Where(field => field.Number == number).Select(field => field.Bytes).FirstOrDefault([]);
        return new ExportedSpan(service, Convert.ToHexStringLower(Bytes(1)), Convert.ToHexStringLower(Bytes(4)), Encoding.UTF8.GetString(Bytes(5)));
    }

    // resource.attributes: key = 1, value = 2, of which string_value = 1.
    private static string ServiceName(byte[] resource) => ProtoField.Read(resource)
        .Where(field => field.Number == 1)
        .Select(attribute => ProtoField.Read(attribute.Bytes))
        .Where(pair => Encoding.UTF8.GetString(pair[0].Bytes) == "service.name")
        .Select(pair => Encoding.UTF8.GetString(ProtoField.Read(pair[1].Bytes)[0].Bytes))
        .First();
}
