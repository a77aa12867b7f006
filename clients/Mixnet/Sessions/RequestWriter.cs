using System.Buffers;
using System.Net.WebSockets;

namespace NymDirectory.Mixnet.Sessions;

/// <summary>Writes requests, one binary frame each, in the order in which they got their places; those that wait together leave together.</summary>
internal sealed class RequestWriter(WebSocket socket, CoalescingStream stream, UnansweredRequests requests)
{
    private const int UsualBytes = 4 * 1024;
    private const int LargestKeptBytes = 256 * 1024;
    private const int LargestHeldBytes = 64 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(UsualBytes);

    /// <summary>Ends when no more requests come; throws when the socket fails.</summary>
    public async Task RunAsync()
    {
        while (await requests.Outgoing.WaitToReadAsync().ConfigureAwait(false))
        {
            stream.Hold();
            while (stream.Held < LargestHeldBytes && requests.Outgoing.TryRead(out var pending))
            {
                if (requests.TryBegin(pending))
                {
                    await WriteAsync(pending.Request).ConfigureAwait(false);
                }
            }

            await stream.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private ValueTask WriteAsync(NymRequest request)
    {
        if (_buffer.Capacity > LargestKeptBytes)
        {
            _buffer = new ArrayBufferWriter<byte>(UsualBytes);
        }

        _buffer.ResetWrittenCount();
        BinaryCodec.Write(_buffer, request);

        // No token: a send that is cut in the middle takes the connection with it.
        return socket.SendAsync(_buffer.WrittenMemory, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
    }
}
