namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>What an end that nobody asked for was.</summary>
internal static class EndRules
{
    /// <summary>From its exit code (null: not our child), what its log said, and whether its socket was open.</summary>
    public static ProcessEnd Classify(int? exitCode, LogSigns signs, bool wasUp) => (exitCode, signs.PortInUse) switch
    {
        (_, true) => ProcessEnd.PortInUse,
        (ExecMode.NotExecuted, _) => ProcessEnd.NotExecuted,
        (0, _) => ProcessEnd.Left,
        (null, _) => signs.Flushed ? ProcessEnd.Left : ProcessEnd.Unknown,
        _ => wasUp ? ProcessEnd.Crashed : ProcessEnd.StartFailed,
    };
}
