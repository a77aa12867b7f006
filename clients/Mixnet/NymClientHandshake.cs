using System.Net.WebSockets;

namespace NymDirectory.Mixnet;

/// <summary>Opens the websocket.</summary>
internal static class NymClientHandshake
{
    /// <summary>
    /// Has no token of the caller's: a TCP connection that ends without its handshake makes nym-client abort and lose every reply block, so what was
    /// begun is seen through. Only a handshake that never ends is cut off.
    /// </summary>
    /// <exception cref="WebSocketException">Nobody listens, or nym-client closed the connection, as it does while it has another.</exception>
    /// <exception cref="TimeoutException">The handshake did not end in time.</exception>
    public static async Task<WebSocket> OpenAsync(Uri endpoint, TimeSpan timeout, TimeProvider timeProvider)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var bound = new CancellationTokenSource(timeout, timeProvider);
        try
        {
            await socket.ConnectAsync(endpoint, bound.Token).ConfigureAwait(false);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (bound.IsCancellationRequested && exception is OperationCanceledException or WebSocketException { InnerException: OperationCanceledException })
            {
                throw new TimeoutException("The websocket handshake with nym-client did not end in time.");
            }

            throw;
        }
    }
}
