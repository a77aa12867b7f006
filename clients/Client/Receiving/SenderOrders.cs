using System.Threading.Channels;
using NymDirectory.Client.Receipts;

namespace NymDirectory.Client.Receiving;

/// <summary>The orders of all senders, bounded, with a clock for each that holds something back. Used by one message at a time.</summary>
internal sealed class SenderOrders(string recipient, ReceiptBook book, TimeSpan patience, TimeProvider time) : IDisposable
{
    private const int MaxSenders = 10_000;
    private const int MaxHeld = 1_000;
    private const int MaxHeldBytes = 8 * 1024 * 1024;

    // Packets that overtake each other are a second or two apart.
    private static readonly TimeSpan LongestFirstPatience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    // Holds at most one entry for each sender of whom something is held back.
    private readonly Channel<string> _due = Channel.CreateUnbounded<string>();
    private int _held;
    private int _heldBytes;

    /// <summary>Names of senders whose held messages have waited for long enough.</summary>
    public ChannelReader<string> Due => _due.Reader;

    /// <summary>Takes one in; returns what can be passed on now, in order.</summary>
    public async Task<IReadOnlyList<Incoming>> TakeAsync(Incoming incoming, CancellationToken cancellationToken)
    {
        var pair = Mark.OfPair(incoming.Message.Sender, recipient);
        incoming.Handover.IsFrom(pair);
        if (incoming.Handover.Delivery?.Sequence is not { } sequence)
        {
            return [incoming];
        }

        var line = await LineOfAsync(incoming.Message.Sender, pair, cancellationToken);
        if (line.Order.IsStraggler(sequence))
        {
            incoming.Handover.KeepPosition();
        }

        Count(1, incoming.Message.Size);
        var released = line.Order.Take(sequence, incoming);
        Release(line, released);
        if (_held > MaxHeld || _heldBytes > MaxHeldBytes)
        {
            var rest = line.Order.GiveUp();
            Release(line, rest);
            released.AddRange(rest);
        }

        return released;
    }

    /// <summary>What of that sender has waited for long enough.</summary>
    public IReadOnlyList<Incoming> TakeDue(string sender)
    {
        if (!_lines.TryGetValue(sender, out var line))
        {
            return [];
        }

        var released = line.Order.Due();
        Release(line, released);
        return released;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var line in _lines.Values)
        {
            line.Clock.Dispose();
        }
    }

    private async Task<Line> LineOfAsync(string sender, UInt128 pair, CancellationToken cancellationToken)
    {
        if (!_lines.TryGetValue(sender, out var line))
        {
            ForgetIdle();
            var position = await book.FindPositionAsync(pair, cancellationToken);
            var first = patience < LongestFirstPatience ? patience : LongestFirstPatience;
            line = new Line(
                new SenderOrder<Incoming>(position, patience, first, time),
                time.CreateTimer(_ => _due.Writer.TryWrite(sender), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
            _lines.Add(sender, line);
        }

        return line;
    }

    private void Release(Line line, List<Incoming> released)
    {
        released.ForEach(incoming => Count(-1, -incoming.Message.Size));
        line.Clock.Change(line.Order.Wait ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Count(int messages, int bytes)
    {
        _held += messages;
        _heldBytes += bytes;
    }

    /// <summary>Their positions are in the store; one that is not there yet costs a wait and no message.</summary>
    private void ForgetIdle()
    {
        if (_lines.Count < MaxSenders)
        {
            return;
        }

        foreach (var (sender, line) in _lines.Where(line => line.Value.Order.Held == 0).ToList())
        {
            line.Clock.Dispose();
            _lines.Remove(sender);
        }
    }

    private sealed record Line(SenderOrder<Incoming> Order, ITimer Clock);
}
