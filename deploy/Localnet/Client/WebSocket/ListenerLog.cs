using System.Net;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Localnet.Client.WebSocket;

/// <summary>Log lines of the port for the application.</summary>
internal static partial class ListenerLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Running websocket on {Endpoint}")]
    public static partial void Running(ILogger logger, IPEndPoint endpoint);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Received a websocket connection")]
    public static partial void Connected(ILogger logger);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The websocket connection has ended")]
    public static partial void Disconnected(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Tried to open a duplicate websocket connection; it was closed before the handshake")]
    public static partial void Duplicate(ILogger logger);
}
