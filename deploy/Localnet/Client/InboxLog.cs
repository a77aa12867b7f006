using Microsoft.Extensions.Logging;

namespace NymDirectory.Localnet.Client;

/// <summary>Log lines about what arrives.</summary>
internal static partial class InboxLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Received something that no client of this version sends")]
    public static partial void Unreadable(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Received a reply for which there is no reply key: used before, or purged")]
    public static partial void UnknownKey(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Received a request for reply surbs from somebody this run has never written to")]
    public static partial void UnknownAsker(ILogger logger);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Sending {Amount} additional reply surbs, as requested")]
    public static partial void GivingBlocks(ILogger logger, int amount);
}
