using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Rig;

/// <summary>An application on a client's websocket, which reads only when told.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();

    public static async Task<Application> ConnectAsync(IPEndPoint endpoint)
    {
        var application = new Application();
        await application._socket.ConnectAsync(new Uri($"ws://{endpoint}/"), default).Within();
        return application;
    }

    /// <summary>Connects once the place is free: the end of the connection before is noticed a little later.</summary>
    public static async Task<Application> ReconnectAsync(IPEndPoint endpoint)
    {
        Application? application = null;
        await Eventually.True(async () =>
        {
            try
            {
                application = await ConnectAsync(endpoint);
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
        return application!;
    }

    public Task SendAsync(NymRequest request, bool text = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        if (text)
        {
            JsonCodec.Write(buffer, request);
        }
        else
        {
            BinaryCodec.Write(buffer, request);
        }

        return SendRawAsync(buffer.WrittenMemory, text);
    }

    public Task SendRawAsync(ReadOnlyMemory<byte> frame, bool text) =>
        _socket.SendAsync(frame, text ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, default).AsTask().Within();

    /// <summary>The next response and whether it came as text.</summary>
    public async Task<(NymResponse Response, bool Text)> ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.GetMemory(4096), default).AsTask().Within();
            buffer.Advance(read.Count);
            if (read.EndOfMessage)
            {
                var text = read.MessageType == WebSocketMessageType.Text;
                return (Parse(buffer.WrittenMemory, text), text);
            }
        }
    }

    public async Task<T> ReadAsync<T>()
        where T : NymResponse => Assert.IsType<T>((await ReadAsync()).Response);

    public async Task<NymAddress> AddressAsync()
    {
        await SendAsync(new SelfAddressRequest());
        return (await ReadAsync<SelfAddressResponse>()).Address;
    }

    /// <summary>Sends a Close frame, behind whatever was sent before.</summary>
    public Task CloseOutputAsync() => _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default).Within();

    /// <summary>Sends a Close frame and says how the other side reacts.</summary>
    public async Task<WebSocketState> CloseAsync()
    {
        await CloseOutputAsync();
        await Assert.ThrowsAnyAsync<WebSocketException>(() => _socket.ReceiveAsync(new ArraySegment<byte>(new byte[10]), default).Within());
        return _socket.State;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static NymResponse Parse(ReadOnlyMemory<byte> frame, bool text)
    {
        var valid = text ? JsonCodec.TryReadResponse(frame, out var response, out var error) : BinaryCodec.TryReadResponse(frame, out response, out error);
        Assert.True(valid, error?.Detail);
        return response!;
    }
}
