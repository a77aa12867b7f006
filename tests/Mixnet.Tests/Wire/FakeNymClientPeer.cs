using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace NymDirectory.Mixnet.Tests.Wire;

/// <summary>One connection as nym-client sees it. Nothing happens by itself: the test reads, answers, pushes, stays silent, or cuts.</summary>
public sealed class FakeNymClientPeer(TcpClient client, WebSocket socket)
{
    private volatile bool _dropped;

    public bool IsOpen => !_dropped && socket.State is WebSocketState.Open or WebSocketState.CloseSent;

    /// <summary>The next request, in whatever form; null: the application closed the connection or it is gone.</summary>
    public async Task<NymRequest?> ReadAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(message.GetMemory(64 * 1024), CancellationToken.None);
                message.Advance(received.Count);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (received.EndOfMessage)
                {
                    return Parse(message.WrittenMemory, received.MessageType);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Reads so many requests.</summary>
    public async Task<List<NymRequest>> ReadAsync(int count)
    {
        var requests = new List<NymRequest>(count);
        while (requests.Count < count)
        {
            requests.Add(await ReadAsync() ?? throw new InvalidOperationException($"The connection ended after {requests.Count} of {count} requests."));
        }

        return requests;
    }

    /// <summary>Answers every request as <paramref name="answer"/> says (null: not at all) until the application closes the connection; then ends TCP.</summary>
    public async Task ServeAsync(Func<NymRequest, NymResponse?> answer)
    {
        while (await ReadAsync() is { } request)
        {
            if (answer(request) is { } response)
            {
                await SendAsync(response);
            }
        }

        Drop();
    }

    /// <summary>What nym-client answers when all is well: the lane's length 0, or its address.</summary>
    public static NymResponse? Usual(NymRequest request, NymAddress ownAddress) => request switch
    {
        SelfAddressRequest => new SelfAddressResponse(ownAddress),
        SendRequest { ConnectionId: { } lane } => new LaneQueueLengthResponse(lane, 0),
        SendAnonymousRequest { ConnectionId: { } lane } => new LaneQueueLengthResponse(lane, 0),
        ReplyRequest { ConnectionId: { } lane } => new LaneQueueLengthResponse(lane, 0),
        LaneQueueLengthRequest lane => new LaneQueueLengthResponse(lane.ConnectionId, 0),
        _ => null,
    };

    public Task SendAsync(NymResponse response, bool text = false)
    {
        var output = new ArrayBufferWriter<byte>();
        if (text)
        {
            JsonCodec.Write(output, response);
        }
        else
        {
            BinaryCodec.Write(output, response);
        }

        return SendAsync(output.WrittenMemory, text);
    }

    /// <summary>Sends any bytes as one message, in so many fragments.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> message, bool text = false, int fragments = 1)
    {
        var type = text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        for (var i = 0; i < fragments; i++)
        {
            var part = message[(message.Length * i / fragments)..(message.Length * (i + 1) / fragments)];
            await socket.SendAsync(part, type, i == fragments - 1, CancellationToken.None);
        }
    }

    /// <summary>Sends the beginning of a message and no more.</summary>
    public Task SendBeginningAsync(ReadOnlyMemory<byte> part) =>
        socket.SendAsync(part, WebSocketMessageType.Binary, endOfMessage: false, CancellationToken.None).AsTask();

    /// <summary>Sends bytes past the websocket, for what no websocket would send.</summary>
    public Task SendRawAsync(ReadOnlyMemory<byte> bytes) => client.GetStream().WriteAsync(bytes).AsTask();

    public Task SendCloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    /// <summary>Ends TCP, without a Close frame: a crash, and what nym-client does to end any connection.</summary>
    public void Drop()
    {
        _dropped = true;
        client.Dispose();
    }

    private static NymRequest Parse(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        NymCodecError? error;
        NymRequest? request;
        var readable = type == WebSocketMessageType.Binary
            ? BinaryCodec.TryReadRequest(message, out request, out error)
            : JsonCodec.TryReadRequest(message, out request, out error);
        return readable ? request! : throw new InvalidOperationException($"The application sent what nym-client would refuse: {error}");
    }
}
