using System.Text;

namespace NymDirectory.EndToEnd.Telemetry;

/// <summary>One span of an OTLP export, as far as the tests look at it.</summary>
/// <param name="Service">The resource's <c>service.name</c>.</param>
/// <param name="Instance">The resource's <c>service.instance.id</c>.</param>
/// <param name="TraceId">In hex.</param>
/// <param name="SpanId">In hex.</param>
/// <param name="ParentId">In hex; empty for a root.</param>
/// <param name="Name">What was done.</param>
/// <param name="Links">The spans that it is linked to: trace id and span id, in hex.</param>
/// <param name="Attributes">Its attributes that are texts.</param>
internal sealed record ExportedSpan(
    string Service,
    string Instance,
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    IReadOnlyList<(string TraceId, string SpanId)> Links,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>When it began, in nanoseconds since 1970-01-01 UTC.</summary>
    public required ulong Start { get; init; }

    /// <summary>When it ended, likewise.</summary>
    public required ulong End { get; init; }

    /// <summary>Reads an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<ExportedSpan> Read(byte[] export)
    {
        foreach (var resource in OtlpResource.Read(export))
        {
            foreach (var span in resource.Items)
            {
                yield return ReadSpan(resource, ProtoField.Read(span));
            }
        }
    }

    // opentelemetry.proto.trace.v1.Span: trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, start and end_time_unix_nano = 7 and 8, attributes = 9, links = 13.
    private static ExportedSpan ReadSpan(OtlpResource resource, IReadOnlyList<ProtoField> fields) => new(
        resource.Service,
        resource.Instance,
        Hex(fields, 1),
        Hex(fields, 2),
        Hex(fields, 4),
        Encoding.UTF8.GetString(Bytes(fields, 5)),
        [.. fields.Where(field => field.Number == 13).Select(field => ProtoField.Read(field.Bytes)).Select(link => (Hex(link, 1), Hex(link, 2)))],
        OtlpResource.Attributes(fields.Where(field => field.Number == 9)))
    {
        Start = Bits(fields, 7),
        End = Bits(fields, 8),
    };

    private static string Hex(IReadOnlyList<ProtoField> fields, int number) => Convert.ToHexStringLower(Bytes(fields, number));

    private static ulong Bits(IReadOnlyList<ProtoField> fields, int number) => fields.FirstOrDefault(field => field.Number == number).Bits;

    private static byte[] Bytes(IReadOnlyList<ProtoField> fields, int number) =>
        fields.Where(field => field.Number == number).Select(field => field.Bytes).FirstOrDefault([]);
}
