using NymDirectory.Gateway.NymClient;

namespace NymDirectory.Gateway.Telemetry;

/// <summary>Metric labels of <see cref="ReplyFate"/>.</summary>
internal static class FateLabels
{
    /// <summary>The fate as a label.</summary>
    public static string Label(this ReplyFate fate) => fate switch
    {
        ReplyFate.Taken => "taken",
        ReplyFate.RunLost => "run_lost",
        ReplyFate.Refused => "refused",
        ReplyFate.Unsent => "unsent",
        _ => throw new ArgumentOutOfRangeException(nameof(fate)),
    };
}
