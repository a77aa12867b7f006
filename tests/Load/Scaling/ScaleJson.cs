using System.Text;
using System.Text.Json;

namespace NymDirectory.Load.Scaling;

/// <summary>What came out of <c>scale</c>, for programs: one JSON object.</summary>
internal static class ScaleJson
{
    public static string Of(ScaleSettings settings, ServiceLimits limits, IReadOnlyList<ScaleStep> steps)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("operation", "scale");
            json.WriteNumber("checkMilliseconds", settings.CheckTime.TotalMilliseconds);
            json.WriteNumber("directoryPerCore", limits.DirectoryPerCore);
            json.WriteNumber("directoryWriterPerSecond", limits.WriterPerSecond);
            json.WriteNumber("gatewayPerCore", limits.GatewayPerCore);
            json.WriteStartArray("steps");
            foreach (var step in steps)
            {
                Write(json, step);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, ScaleStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("relays", step.Relays);
        json.WriteNumber("perSecond", step.Report.Window.PerSecond);
        json.WriteNumber("writerBusy", step.CommitsBusy);
        json.WriteStartArray("checks");
        foreach (var count in step.Checks)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
