using NymDirectory.Mixnet.Sessions;

namespace NymDirectory.Mixnet.Tests.Sessions;

public sealed class CoalescingStreamTests
{
    [Fact]
    public async Task Write_WhileItHolds_LeavesInOnePieceWhenReleased()
    {
        var wire = new Wire();
        await using var stream = new CoalescingStream(wire);

        await stream.WriteAsync("before"u8.ToArray());
        stream.Hold();
        await stream.WriteAsync("one"u8.ToArray());
        await stream.WriteAsync("two"u8.ToArray());
        Assert.Equal(["before"], wire.Written);
        await stream.ReleaseAsync();
        stream.Hold();
        await stream.ReleaseAsync();
        await stream.WriteAsync("after"u8.ToArray());

        Assert.Equal(["before", "onetwo", "after"], wire.Written);
    }

    [Fact]
    public async Task Read_InSmallPieces_AsksTheConnectionOnce()
    {
        var wire = new Wire { Arrives = "a frame and another"u8.ToArray() };
        await using var stream = new CoalescingStream(wire);
        var read = new List<byte>();
        var piece = new byte[5];
        for (var count = await stream.ReadAsync(piece); count > 0; count = await stream.ReadAsync(piece))
        {
            read.AddRange(piece[..count]);
        }

        Assert.Equal("a frame and another"u8.ToArray(), read);
        Assert.Equal(2, wire.Reads);
    }

    private sealed class Wire : MemoryStream
    {
        private bool _arrived;

        public byte[] Arrives { get; init; } = [];

        public List<string> Written { get; } = [];

        public int Reads { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            var count = _arrived ? 0 : Arrives.Length;
            _arrived = true;
            Arrives.AsSpan(0, count).CopyTo(buffer.Span);
            return ValueTask.FromResult(count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written.Add(System.Text.Encoding.UTF8.GetString(buffer.Span));
            return ValueTask.CompletedTask;
        }
    }
}
