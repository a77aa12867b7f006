using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Logging;

namespace NymDirectory.Localnet.Client;

/// <summary>A line for each request, with tag or address: exactly what makes nym-client's log unfit to be passed on.</summary>
internal static partial class RequestLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Attempting to send {Length} bytes message to {Recipient}")]
    public static partial void Send(ILogger logger, int length, PlainAddress recipient);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Attempting to anonymously send {Length} bytes message to {Recipient} while attaching {ReplySurbs} reply SURBs")]
    public static partial void SendAnonymous(ILogger logger, int length, PlainAddress recipient, uint replySurbs);

    [LoggerMessage(Level = LogLevel.Information, Message = "Attempting to send {Length} bytes reply message to {Tag}")]
    public static partial void Reply(ILogger logger, int length, PlainTag tag);
}
