using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Logging;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>Log lines of the reply blocks. As in nym-client, they hold what a careful program must not pass on.</summary>
internal static partial class ReplyLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Received reply request for {Tag} but we don't have any surbs stored for that recipient! The reply is dropped.")]
    public static partial void UnknownTag(ILogger logger, PlainTag tag);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Requesting {Amount} additional reply surbs")]
    public static partial void Asking(ILogger logger, int amount);

    [LoggerMessage(Level = LogLevel.Debug, Message = "There are no reply surbs left to request more with")]
    public static partial void NothingToAskBy(ILogger logger);

    // The real one is silent here, too: an application must not learn of it.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Dropped {Count} replies that had waited for reply surbs too long")]
    public static partial void Dropped(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Creating fresh surb database")]
    public static partial void FreshStore(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Loading existing surb database")]
    public static partial void LoadingStore(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The surb database can't be used: the client hasn't undergone a graceful shutdown the last time it was "
            + "running. All surbs and reply keys are purged.")]
    public static partial void NotShutDown(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The surb database can't be used: the client hasn't finished the data flush the last time it was "
            + "running. All surbs and reply keys are purged.")]
    public static partial void NotFlushed(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "PersistentReplyStorage is flushing all reply-related data to underlying storage")]
    public static partial void Flushing(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "You MUST NOT forcefully shutdown now or you risk data corruption!")]
    public static partial void DoNotInterrupt(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Data flush is complete")]
    public static partial void Flushed(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "timeout reached - forcing shutdown")]
    public static partial void FlushCutOff(ILogger logger);
}
