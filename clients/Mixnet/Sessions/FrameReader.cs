using System.Buffers;
using System.Net.WebSockets;

namespace NymDirectory.Mixnet.Sessions;

/// <summary>Assembles whole messages of a websocket, however they were fragmented, in one pooled buffer under a cap.</summary>
internal sealed class FrameReader(WebSocket socket, int maxMessageBytes) : IDisposable
{
    private const int UsualBytes = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private int _length;

    /// <summary>The last message; it lives until the next one is read.</summary>
    public ReadOnlyMemory<byte> Message => _buffer.AsMemory(0, _length);

    /// <summary>Reads the next message to its end; null: it was longer than the cap and is gone.</summary>
    public async ValueTask<WebSocketMessageType?> ReadAsync()
    {
        Shrink();
        _length = 0;
        var oversized = false;
        while (true)
        {
            Grow();
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_length), CancellationToken.None).ConfigureAwait(false);
            _length += received.Count;
            if (_length > maxMessageBytes)
            {
                oversized = true;
                _length = 0;
            }

            if (received.EndOfMessage)
            {
                return oversized ? null : received.MessageType;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>A buffer is never full before a read: reading into nothing would return nothing, for ever.</summary>
    private void Grow()
    {
        if (_length == _buffer.Length)
        {
            Replace(2 * _buffer.Length);
        }
    }

    /// <summary>One long message must not keep its buffer for the rest of the connection's life.</summary>
    private void Shrink()
    {
        if (_buffer.Length > 16 * UsualBytes)
        {
            _length = 0;
            Replace(UsualBytes);
        }
    }

    private void Replace(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
