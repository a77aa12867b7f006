using Microsoft.Extensions.Logging;

namespace NymDirectory.Mixnet.Sessions;

/// <summary>Log messages of connections. No address, tag, content or exception text: type names and reasons only.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Debug, "Connected to nym-client")]
    public static partial void Connected(this ILogger logger);

    [LoggerMessage(2, LogLevel.Debug, "The connection to nym-client ended: {Reason}")]
    public static partial void Ended(this ILogger logger, NymClientSessionEnd reason);

    [LoggerMessage(3, LogLevel.Warning, "The connection to nym-client failed: {Failure}")]
    public static partial void Failed(this ILogger logger, string failure);

    [LoggerMessage(4, LogLevel.Information, "No connection to nym-client ({Failure}), next try in {Delay}")]
    public static partial void NotConnected(this ILogger logger, string failure, TimeSpan delay);
}
