using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace NymDirectory.Mixnet.Tests.Wire;

/// <summary>
/// nym-client's side of the websocket, in process, at the wire: a socket on loopback that the test drives step by step through
/// <see cref="FakeNymClientPeer"/>. What is not read is not read, what is not answered is not answered. Like nym-client it has one connection at a time,
/// closes a second one before its handshake, and takes note of connections that end without one. Other test projects link these two files.
/// </summary>
public sealed class FakeNymClientServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<FakeNymClientPeer> _peers = Channel.CreateUnbounded<FakeNymClientPeer>();
    private readonly ConcurrentBag<FakeNymClientPeer> _all = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private FakeNymClientPeer? _current;
    private int _probes;
    private int _refused;
    private int _connections;

    public FakeNymClientServer()
    {
        _listener.Start();
        Endpoint = new Uri($"ws://{_listener.LocalEndpoint}/");
        _accepting = AcceptAllAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>When set, handshakes are answered only once it ends.</summary>
    public Task HandshakeGate { get; set; } = Task.CompletedTask;

    /// <summary>TCP connections so far, of whatever fate.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections that ended without a handshake: each of them would have made nym-client abort.</summary>
    public int Probes => Volatile.Read(ref _probes);

    /// <summary>Connections closed because there already was one.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>The next connection, after its handshake.</summary>
    public async Task<FakeNymClientPeer> AcceptAsync() => await _peers.Reader.ReadAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        foreach (var peer in _all)
        {
            peer.Drop();
        }

        _stopping.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                await TakeAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed of.
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        if (_current is { IsOpen: true })
        {
            Interlocked.Increment(ref _refused);
            client.Dispose();
            return;
        }

        try
        {
            client.NoDelay = true;
            var key = await ReadKeyAsync(client.GetStream());
            await HandshakeGate.WaitAsync(_stopping.Token);
            _current = await AnswerHandshakeAsync(client, key);
            _all.Add(_current);
            _peers.Writer.TryWrite(_current);
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _probes);
            client.Dispose();
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1, and nothing depends on its strength")]
    private static async Task<FakeNymClientPeer> AnswerHandshakeAsync(TcpClient client, string key)
    {
        // RFC 6455, 4.2.2: the accept value proves that the key was read by somebody who speaks websocket.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        var answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        var socket = WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        return new FakeNymClientPeer(client, socket);
    }

    /// <summary>Reads the handshake's request and returns its key.</summary>
    private async Task<string> ReadKeyAsync(NetworkStream stream)
    {
        const string Header = "Sec-WebSocket-Key: ";
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1, leaveOpen: true);
        var key = "";
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            if (line.Length == 0)
            {
                return key;
            }

            key = line.StartsWith(Header, StringComparison.OrdinalIgnoreCase) ? line[Header.Length..].Trim() : key;
        }

        throw new EndOfStreamException();
    }
}
