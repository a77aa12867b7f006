using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.CommandLine;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Sessions;

namespace NymDirectory.Localnet.Client.WebSocket;

/// <summary>
/// The port for the application. One connection at a time: while one is open, others are closed before the handshake. A connection that
/// ends without a handshake
/// is the end of the process.
/// </summary>
internal sealed class WebSocketListener : IDisposable
{
    private readonly TcpListener _listener;
    private readonly ILogger _log;
    private readonly Action<string> _abort;

    private WebSocketListener(TcpListener listener, ILogger log, Action<string> abort) =>
        (_listener, _log, _abort) = (listener, log, abort);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Opens the port.</summary>
    /// <exception cref="UserErrorException">The port is in use, or not ours to open.</exception>
    public static async Task<WebSocketListener> OpenAsync(string host, int port, ILogger log, Action<string> abort)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host);
            var listener = new TcpListener(addresses[0], port);
            listener.Start();
            return new WebSocketListener(listener, log, abort);
        }
        catch (SocketException e)
        {
            throw new UserErrorException($"The websocket cannot listen on {host}:{port}: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>Serves until cancelled.</summary>
    public async Task RunAsync(RequestHandler handler, ChannelReader<ReceivedResponse> messages, CancellationToken cancellationToken)
    {
        var session = Task.CompletedTask;
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(cancellationToken);
                if (!session.IsCompleted)
                {
                    ListenerLog.Duplicate(_log);
                    client.Dispose();
                    continue;
                }

                await session;
                session = ServeAsync(client, handler, messages, cancellationToken);
            }
        }
        finally
        {
            _listener.Stop();
            await session.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client, RequestHandler handler, ChannelReader<ReceivedResponse> messages, CancellationToken cancellationToken)
    {
        using (client)
        {
            client.NoDelay = true;
            var stream = new CoalescingStream(client.GetStream());
            if (!await UpgradeRequest.AcceptAsync(stream, cancellationToken))
            {
                _abort("a TCP connection ended without a websocket handshake");
                return;
            }

            ListenerLog.Connected(_log);
            var options = new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero };
            using var socket = System.Net.WebSockets.WebSocket.CreateFromStream(stream, options);
            await new ApplicationSession(socket, stream, handler, messages).RunAsync(cancellationToken);
            ListenerLog.Disconnected(_log);
        }
    }
}
