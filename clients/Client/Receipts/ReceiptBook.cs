using System.Diagnostics.CodeAnalysis;

namespace NymDirectory.Client.Receipts;

/// <summary>Knows what was handed over (from the caller's store) and what is on its way to the caller (from memory).</summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate has no wait handle; disposing it would fail those who are about to leave it.")]
internal sealed class ReceiptBook(IReceiptStore store)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HashSet<UInt128> _underWay = [];

    /// <summary>Whether what has that mark was here before. If not, it is under way until it was added or abandoned.</summary>
    public async Task<Novelty> BeginAsync(Handover handover, UInt128 mark, CancellationToken cancellationToken)
    {
        using var _ = await EnterAsync(cancellationToken);
        if (_underWay.Contains(mark))
        {
            return Novelty.UnderWay;
        }

        handover.IsKnownBy(mark);
        if (await store.ContainsAsync(mark, cancellationToken))
        {
            return Novelty.HandedOver;
        }

        _underWay.Add(mark);
        return Novelty.New;
    }

    /// <summary>It is not handed over, and counts as new when it comes again.</summary>
    public async Task AbandonAsync(Handover handover)
    {
        using var _ = await EnterAsync(CancellationToken.None);
        if (!handover.PassedOn)
        {
            _underWay.ExceptWith(handover.Marks);
        }
    }

    /// <inheritdoc cref="IReceiptStore.FindPositionAsync"/>
    public async Task<long?> FindPositionAsync(UInt128 sender, CancellationToken cancellationToken)
    {
        using var _ = await EnterAsync(cancellationToken);
        return await store.FindPositionAsync(sender, cancellationToken);
    }

    /// <summary>They are handed over, and that is on disk when this returns, if the store has one.</summary>
    public async Task AddAsync(IReadOnlyList<Handover> handovers, CancellationToken cancellationToken)
    {
        using var _ = await EnterAsync(cancellationToken);
        await store.AddAsync([.. handovers.Select(handover => handover.ToReceipt())], cancellationToken);
        foreach (var handover in handovers)
        {
            _underWay.ExceptWith(handover.Marks);
        }
    }

    private async Task<Passage> EnterAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Passage(_gate);
    }

    private sealed class Passage(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
