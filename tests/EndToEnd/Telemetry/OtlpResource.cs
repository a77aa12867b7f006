using System.Text;

namespace NymDirectory.EndToEnd.Telemetry;

/// <summary>
/// What one process exported in one call: all three signals nest alike, resource (1) and scopes (2), of which the items (2) are spans, metrics or
/// log records.
/// </summary>
/// <param name="Service">The resource's <c>service.name</c>.</param>
/// <param name="Instance">The resource's <c>service.instance.id</c>; empty when it has none.</param>
/// <param name="Items">The items, each a protobuf message.</param>
internal sealed record OtlpResource(string Service, string Instance, IReadOnlyList<byte[]> Items)
{
    /// <summary>Reads an export request of any signal.</summary>
    public static IEnumerable<OtlpResource> Read(byte[] export)
    {
        foreach (var part in ProtoField.Read(export).Where(field => field.Number == 1).Select(field => ProtoField.Read(field.Bytes)))
        {
            var resource = Attributes(ProtoField.Read(part.Single(field => field.Number == 1).Bytes).Where(field => field.Number == 1));
            yield return new OtlpResource(
                resource["service.name"],
                resource.GetValueOrDefault("service.instance.id", string.Empty),
                [.. part.Where(field => field.Number == 2).SelectMany(scope => ProtoField.Read(scope.Bytes)).Where(field => field.Number == 2).Select(field => field.Bytes)]);
        }
    }

    /// <summary>Attributes whose value is a text: key = 1, value = 2, of which string_value = 1.</summary>
    public static IReadOnlyDictionary<string, string> Attributes(IEnumerable<ProtoField> attributes) => attributes
        .Select(attribute => ProtoField.Read(attribute.Bytes))
        .Select(pair => (Key: Encoding.UTF8.GetString(pair[0].Bytes), Value: pair.Count > 1 ? ProtoField.Read(pair[1].Bytes) : []))
        .Where(pair => pair.Value is [{ Number: 1 }, ..])
        .ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value[0].Bytes));
}
