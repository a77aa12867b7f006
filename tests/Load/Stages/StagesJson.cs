using System.Text;
using System.Text.Json;

namespace NymDirectory.Load.Stages;

/// <summary>What came out of <c>stages</c>, for programs: one JSON object.</summary>
internal static class StagesJson
{
    public static string Of(IReadOnlyList<StageTimes> stages)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("operation", "stages");
            json.WriteStartArray("stages");
            foreach (var stage in stages)
            {
                Write(json, stage);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, StageTimes stage)
    {
        json.WriteStartObject();
        json.WriteString("stage", JsonNamingPolicy.CamelCase.ConvertName(stage.Stage.ToString()));
        json.WriteNumber("messages", stage.Messages);
        json.WriteNumber("meanMilliseconds", stage.Mean);
        json.WriteNumber("p50Milliseconds", stage.P50);
        json.WriteNumber("p99Milliseconds", stage.P99);
        if (double.IsFinite(stage.OfSlowest))
        {
            json.WriteNumber("slowestMeanMilliseconds", stage.OfSlowest);
        }

        json.WriteEndObject();
    }
}
