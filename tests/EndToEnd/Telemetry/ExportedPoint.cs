using System.Text;

namespace NymDirectory.EndToEnd.Telemetry;

/// <summary>One number of a metric in an OTLP export.</summary>
/// <param name="Instance">The resource's <c>service.instance.id</c>.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Labels">Its attributes that are texts.</param>
/// <param name="Value">The number: of a histogram how many values it holds.</param>
/// <param name="Sum">Of a histogram the sum of its values; otherwise 0.</param>
internal sealed record ExportedPoint(string Instance, string Metric, IReadOnlyDictionary<string, string> Labels, double Value, double Sum)
{
    /// <summary>Reads an <c>ExportMetricsServiceRequest</c>.</summary>
    public static IEnumerable<ExportedPoint> Read(byte[] export)
    {
        foreach (var resource in OtlpResource.Read(export))
        {
            foreach (var metric in resource.Items.Select(ProtoField.Read))
            {
                var name = Encoding.UTF8.GetString(metric.First(field => field.Number == 1).Bytes);
                // gauge = 5, sum = 7, histogram = 9; each has its data points in 1.
                foreach (var data in metric.Where(field => field.Number is 5 or 7 or 9))
                {
                    foreach (var point in ProtoField.Read(data.Bytes).Where(field => field.Number == 1))
                    {
                        yield return ReadPoint(resource.Instance, name, data.Number == 9, ProtoField.Read(point.Bytes));
                    }
                }
            }
        }
    }

    // NumberDataPoint: as_double = 4, as_int = 6, attributes = 7. HistogramDataPoint: count = 4, sum = 5, attributes = 9.
    private static ExportedPoint ReadPoint(string instance, string name, bool isHistogram, IReadOnlyList<ProtoField> point)
    {
        var value = point.FirstOrDefault(field => field.Number is 4 or 6);
        var number = !isHistogram && value.Number == 4 ? BitConverter.UInt64BitsToDouble(value.Bits) : value.Bits;
        var sum = isHistogram ? BitConverter.UInt64BitsToDouble(point.FirstOrDefault(field => field.Number == 5).Bits) : 0;
        return new ExportedPoint(instance, name, OtlpResource.Attributes(point.Where(field => field.Number == (isHistogram ? 9 : 7))), number, sum);
    }
}
