using System.Net.Sockets;
using System.Net.WebSockets;

namespace NymDirectory.Mixnet.Sessions;

/// <summary>Opens the websocket.</summary>
internal static class NymClientHandshake
{
    /// <summary>
    /// Has no token of the caller's: a TCP connection that ends without its handshake makes nym-client abort and lose every reply block, so what was
    /// begun is seen through. Only a handshake that never ends is cut off.
    /// </summary>
    /// <exception cref="WebSocketException">Nobody listens, or nym-client closed the connection, as it does while it has another.</exception>
    /// <exception cref="TimeoutException">The handshake did not end in time.</exception>
    public static async Task<(WebSocket Socket, CoalescingStream Stream)> OpenAsync(Uri endpoint, TimeSpan timeout, TimeProvider timeProvider)
    {
        CoalescingStream? stream = null;
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var bound = new CancellationTokenSource(timeout, timeProvider);
        using var invoker = OneConnection(tcp => stream = new CoalescingStream(tcp));
        try
        {
            await socket.ConnectAsync(endpoint, invoker, bound.Token).ConfigureAwait(false);
            return (socket, stream!);
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

    /// <summary>
    /// An HTTP stack that opens one TCP connection and no second: left to itself it repeats a handshake that met a closed connection, three times and at
    /// once, which is nothing to do to a nym-client that has an application already or is just crashing. No proxy is asked either.
    /// </summary>
    private static HttpMessageInvoker OneConnection(Func<Stream, Stream> opening)
    {
        var opened = 0;
        return new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = (context, token) => Interlocked.Exchange(ref opened, 1) == 0
                ? ConnectAsync(context, opening, token)
                : throw new IOException("The connection ended before its handshake."),
        });
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, Func<Stream, Stream> opening, CancellationToken cancellationToken)
    {
        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return opening(new NetworkStream(tcp, ownsSocket: true));
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }
}
