using System.Buffers;

namespace NymDirectory.Mixnet.Sessions;

/// <summary>
/// A connection under a websocket, which reads and writes a frame at a time: what has arrived is read in one go, and frames that are written while it
/// <see cref="Hold">holds</see> leave in one piece. One system call for each of them would cost more than anything else that is done for it.
/// </summary>
internal sealed class CoalescingStream(Stream inner) : Stream
{
    private const int ReadSize = 32 * 1024;
    private const int UsualSize = 4 * 1024;

    // One long message must not keep its buffer for the rest of the connection's life.
    private const int LargestKept = 256 * 1024;

    private readonly byte[] _arrived = new byte[ReadSize];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _sending = new(1);
    private ArrayBufferWriter<byte> _held = new(UsualSize);
    private ArrayBufferWriter<byte> _spare = new(UsualSize);
    private int _start;
    private int _end;
    private bool _holds;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How much is held back.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _held.WrittenCount;
            }
        }
    }

    /// <summary>From now on what is written waits for <see cref="ReleaseAsync"/>.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holds = true;
        }
    }

    /// <summary>Sends what was held back, and holds no longer.</summary>
    public ValueTask ReleaseAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _holds = false;
            if (_held.WrittenCount == 0)
            {
                return ValueTask.CompletedTask;
            }
        }

        return SendHeldAsync(cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _start < _end)
        {
            return ValueTask.FromResult(Take(buffer.Span));
        }

        // As much as a whole turn: it need not be copied twice.
        return buffer.Length >= ReadSize ? inner.ReadAsync(buffer, cancellationToken) : FillAsync(buffer, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        bool holds;
        lock (_gate)
        {
            _held.Write(buffer.Span);
            holds = _holds;
        }

        return holds ? ValueTask.CompletedTask : SendHeldAsync(cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A websocket waits for nothing.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _start);
        _arrived.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        (_start, _end) = (0, 0);
        _end = await inner.ReadAsync(_arrived, cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span);
    }

    private async ValueTask SendHeldAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await inner.WriteAsync(Swap(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private ReadOnlyMemory<byte> Swap()
    {
        lock (_gate)
        {
            (_held, _spare) = (_spare.Capacity > LargestKept ? new ArrayBufferWriter<byte>(UsualSize) : _spare, _held);
            _held.ResetWrittenCount();
            return _spare.WrittenMemory;
        }
    }
}
