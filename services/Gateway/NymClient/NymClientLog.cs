using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.Gateway.NymClient.Runs;

namespace NymDirectory.Gateway.NymClient;

/// <summary>Log messages about nym-client. Nothing of its own text is in them: only what kind of thing it said.</summary>
internal static partial class NymClientLog
{
    [LoggerMessage(100, LogLevel.Information, "A new nym-client run begins ({Why}): messages for users of the former one wait for their next login or send")]
    public static partial void RunBegan(this ILogger logger, RunChange why);

    [LoggerMessage(101, LogLevel.Information, "Creating nym-client's keys")]
    public static partial void Initialising(this ILogger logger);

    [LoggerMessage(102, LogLevel.Information, "nym-client started (process {Pid})")]
    public static partial void Started(this ILogger logger, int pid);

    [LoggerMessage(103, LogLevel.Information, "A nym-client of an earlier Gateway is still there (process {Pid}) and is taken up")]
    public static partial void Adopting(this ILogger logger, int pid);

    [LoggerMessage(104, LogLevel.Information, "nym-client is ready")]
    public static partial void Ready(this ILogger logger);

    [LoggerMessage(105, LogLevel.Information, "nym-client is stopped")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(106, LogLevel.Information, "nym-client has left, its reply blocks are {State}")]
    public static partial void Stopped(this ILogger logger, string state);

    [LoggerMessage(107, LogLevel.Warning, "nym-client is not there ({Cause}, exit code {ExitCode}); next start in {Pause}")]
    public static partial void StartingAgain(this ILogger logger, ProcessEnd cause, int? exitCode, TimeSpan pause);

    [LoggerMessage(108, LogLevel.Warning, "Another program listens on port {Port}: it is left alone, nym-client cannot be started")]
    public static partial void PortIsTaken(this ILogger logger, int port);

    [LoggerMessage(109, LogLevel.Warning, "nym-client did not leave in {Patience}: a second SIGINT makes it leave without its reply blocks")]
    public static partial void AskingAgain(this ILogger logger, TimeSpan patience);

    [LoggerMessage(110, LogLevel.Error, "nym-client did not leave after two SIGINTs and is killed")]
    public static partial void Killing(this ILogger logger);

    [LoggerMessage(111, LogLevel.Warning, "The nym-client of an earlier Gateway does not accept a connection and is stopped")]
    public static partial void NotAdoptable(this ILogger logger);

    [LoggerMessage(112, LogLevel.Information, "nym-client is still starting after {Elapsed}: it may wait for its Nym gateway for up to 70 minutes")]
    public static partial void StillStarting(this ILogger logger, TimeSpan elapsed);

    [LoggerMessage(113, LogLevel.Information, "nym-client has answered nothing for {Elapsed} with {Unanswered} replies outstanding: it is busy")]
    public static partial void Silent(this ILogger logger, TimeSpan elapsed, int unanswered);

    [LoggerMessage(114, LogLevel.Information, "nym-client says: {Sign}")]
    public static partial void Says(this ILogger logger, LogSign sign);

    [LoggerMessage(115, LogLevel.Warning, "nym-client says: {Sign}")]
    public static partial void Warns(this ILogger logger, LogSign sign);

    [LoggerMessage(116, LogLevel.Information, "The connection to nym-client is down ({Why}), next try in {Pause}")]
    public static partial void Disconnected(this ILogger logger, string why, TimeSpan pause);

    [LoggerMessage(117, LogLevel.Warning, "nym-client's keys could not be created (exit code {ExitCode})")]
    public static partial void NotInitialised(this ILogger logger, int? exitCode);

    [LoggerMessage(118, LogLevel.Information, "Asking whether nym-client still has its reply blocks")]
    public static partial void CheckingStore(this ILogger logger);

    [LoggerMessage(119, LogLevel.Error, "The output of nym-client can no longer be read ({Failure})")]
    public static partial void OutputLost(this ILogger logger, string failure);

    [LoggerMessage(122, LogLevel.Warning, "A message to ourselves did not come back through the mixnet within {Patience} ({Count} in a row): nym-client is busy, or cut off")]
    public static partial void HeartbeatMissing(this ILogger logger, int count, TimeSpan patience);

    [LoggerMessage(123, LogLevel.Information, "A message to ourselves came back through the mixnet, after {Count} that did not")]
    public static partial void HeartbeatBack(this ILogger logger, int count);

    [LoggerMessage(124, LogLevel.Information, "[debug.reply_surbs] in nym-client's config.toml was completed")]
    public static partial void ConfigurationCompleted(this ILogger logger);

    [LoggerMessage(125, LogLevel.Warning, "[debug.reply_surbs] in nym-client's config.toml could not be completed, it is left as it is ({Why})")]
    public static partial void ConfigurationLeft(this ILogger logger, string why);

    [LoggerMessage(126, LogLevel.Information, "nym-client is restarted as planned, after {Messages} messages and {Elapsed}")]
    public static partial void RestartingAsPlanned(this ILogger logger, long messages, TimeSpan elapsed);

    [LoggerMessage(127, LogLevel.Warning, "nym-client was asked to leave and did not save its reply blocks in time: every route through it is dead until its owner shows up again")]
    public static partial void FlushCutOff(this ILogger logger);

    [LoggerMessage(128, LogLevel.Error, "Handing a reply to nym-client failed with {ErrorType} at {StackTrace}")]
    public static partial void HandOverFailed(this ILogger logger, string errorType, string? stackTrace);

    [LoggerMessage(121, LogLevel.Error, "A file about nym-client could not be written ({Failure})")]
    public static partial void FileFailed(this ILogger logger, string failure);

    [LoggerMessage(120, LogLevel.Error, "nym-client could not be started ({Failure})")]
    public static partial void StartFailed(this ILogger logger, string failure);
}
