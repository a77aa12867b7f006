namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>What became of the reply blocks when nym-client was asked to leave, as metrics name it.</summary>
internal static class FlushRules
{
    /// <summary>From what its log said until it was gone.</summary>
    public static string Outcome(LogSigns signs) => signs switch
    {
        { Flushed: true } => "complete",
        { FlushFailed: true } => "failed",
        { Flushing: true } => "cut-off",
        _ => "none",
    };
}
