using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace NymDirectory.Localnet.Hub;

/// <summary>
/// Frames over TCP: length of what follows (u32, big-endian), kind (u8), body. One reads, many write; what is written together goes out in
/// one piece.
/// </summary>
internal sealed class FrameStream : IAsyncDisposable
{
    /// <summary>The largest body: nym-client's largest websocket message, and room for what is around it.</summary>
    public const int MaxBody = (64 << 20) + (1 << 20);

    private const int HeaderSize = sizeof(uint) + 1;

    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;
    private readonly Channel<(FrameKind Kind, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Tail)> _outgoing;

    /// <summary>Takes over the stream; at most <paramref name="capacity"/> frames wait to be written.</summary>
    public FrameStream(Stream stream, int capacity)
    {
        _stream = stream;
        _reader = PipeReader.Create(stream);
        _writer = PipeWriter.Create(stream);
        var options = new BoundedChannelOptions(capacity) { SingleReader = true };
        _outgoing = Channel.CreateBounded<(FrameKind, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)>(options);
    }

    /// <summary>Queues a frame when there is room.</summary>
    public bool TryWrite(FrameKind kind, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> tail = default) => _outgoing.Writer.TryWrite((kind, head, tail));

    /// <summary>Queues a frame as soon as there is room.</summary>
    /// <exception cref="ChannelClosedException">The connection has ended.</exception>
    public ValueTask WriteAsync(FrameKind kind, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken) =>
        _outgoing.Writer.WriteAsync((kind, head, tail), cancellationToken);

    /// <summary>The next frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The peer speaks something else.</exception>
    public async ValueTask<(FrameKind Kind, byte[] Body)?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (TryTake(ref buffer, out var frame))
            {
                _reader.AdvanceTo(buffer.Start);
                return frame;
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Writes what is queued, until cancelled or closed.</summary>
    public async Task RunWriterAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_outgoing.Reader.TryRead(out var frame))
                {
                    Put(frame.Kind, frame.Head, frame.Tail);
                    await FlushIfFullAsync(cancellationToken);
                }

                await _writer.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            _outgoing.Writer.TryComplete();
        }
    }

    /// <summary>No frames after those that are queued.</summary>
    public void Complete() => _outgoing.Writer.TryComplete();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Complete();
        await _stream.DisposeAsync();
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out (FrameKind Kind, byte[] Body) frame)
    {
        frame = default;
        if (buffer.Length < HeaderSize)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is 0 or > MaxBody)
        {
            throw new InvalidDataException("This is not a hub's frame.");
        }

        if (buffer.Length < sizeof(uint) + length)
        {
            return false;
        }

        frame = ((FrameKind)header[sizeof(uint)], buffer.Slice(HeaderSize, length - 1).ToArray());
        buffer = buffer.Slice(sizeof(uint) + length);
        return true;
    }

    private void Put(FrameKind kind, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> tail)
    {
        var header = _writer.GetSpan(HeaderSize);
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)(1 + head.Length + tail.Length));
        header[sizeof(uint)] = (byte)kind;
        _writer.Advance(HeaderSize);
        _writer.Write(head.Span);
        _writer.Write(tail.Span);
    }

    private async ValueTask FlushIfFullAsync(CancellationToken cancellationToken)
    {
        if (_writer.UnflushedBytes > 64 << 10)
        {
            await _writer.FlushAsync(cancellationToken);
        }
    }
}
