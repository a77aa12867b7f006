using NymDirectory.Client.Receipts;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>A store of a process that can be gone from one moment to the next: what it is given after that never got to the disk.</summary>
internal sealed class CrashingReceiptStore(IReceiptStore inner) : IReceiptStore
{
    /// <summary>Whether nothing is taken any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>How often it was asked to add something.</summary>
    public int Asked { get; private set; }

    public ValueTask<bool> ContainsAsync(UInt128 mark, CancellationToken cancellationToken) => inner.ContainsAsync(mark, cancellationToken);

    public ValueTask<long?> FindPositionAsync(UInt128 sender, CancellationToken cancellationToken) => inner.FindPositionAsync(sender, cancellationToken);

    public ValueTask AddAsync(IReadOnlyList<Receipt> receipts, CancellationToken cancellationToken)
    {
        Asked++;
        return IsGone ? throw new InvalidOperationException("The store is gone.") : inner.AddAsync(receipts, cancellationToken);
    }
}
