using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Logging;

namespace NymDirectory.Localnet.Client;

/// <summary>Log lines of start and end.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Client startup finished!")]
    public static partial void Started(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The address of this client is: {Address}")]
    public static partial void Address(ILogger logger, PlainAddress address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Received SIGINT, shutting down. A second one forces it.")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped nym client")]
    public static partial void Stopped(ILogger logger);
}
