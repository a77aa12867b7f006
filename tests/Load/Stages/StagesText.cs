using System.Globalization;
using System.Text;

namespace NymDirectory.Load.Stages;

/// <summary>What came out of <c>stages</c>, for people.</summary>
internal static class StagesText
{
    public static string Of(IReadOnlyList<StageTimes> stages)
    {
        var text = new StringBuilder();
        text.AppendLine("stage                                    messages     mean      p50      p99   of the slowest 2 %, ms");
        foreach (var stage in stages)
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name(stage.Stage),-40} {stage.Messages,8} {stage.Mean,8:0.0} {stage.P50,8:0.0} {stage.P99,8:0.0} {stage.OfSlowest,8:0.0}"));
        }

        return text.ToString();
    }

    private static string Name(Stage stage) => stage switch
    {
        Stage.ToRelay => "until the Relay has it",
        Stage.Check => "until it is checked",
        Stage.ToDirectory => "until the Directory has it",
        Stage.Commit => "until it is committed",
        Stage.Answer => "until the sender's answer is queued",
        Stage.Delivery => "from the commit until it is handed over",
        _ => "all of it, until it is handed over",
    };
}
