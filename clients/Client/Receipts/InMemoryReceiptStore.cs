namespace NymDirectory.Client.Receipts;

/// <summary>Remembers the latest 10,000 messages until the end of the process. After that, what was not acknowledged yet is shown again.</summary>
public sealed class InMemoryReceiptStore : IReceiptStore
{
    // Two marks each of 16 bytes: some hundred kilobytes.
    private const int Capacity = 20_000;

    private readonly Lock _sync = new();
    private readonly HashSet<UInt128> _marks = [];
    private readonly Queue<UInt128> _order = new();
    private readonly Dictionary<UInt128, long> _positions = [];

    /// <inheritdoc/>
    public ValueTask<bool> ContainsAsync(UInt128 mark, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            return new(_marks.Contains(mark));
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> FindPositionAsync(UInt128 sender, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            return new(_positions.TryGetValue(sender, out var position) ? position : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyList<Receipt> receipts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        lock (_sync)
        {
            foreach (var receipt in receipts)
            {
                Add(receipt);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Add(Receipt receipt)
    {
        foreach (var mark in receipt.Marks.Where(_marks.Add))
        {
            _order.Enqueue(mark);
            if (_order.Count > Capacity)
            {
                _marks.Remove(_order.Dequeue());
            }
        }

        if (receipt.Sequence is { } sequence)
        {
            _positions[receipt.Sender] = sequence;
        }
    }
}
