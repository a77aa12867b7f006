namespace NymDirectory.Client.Receipts;

/// <summary>
/// Remembers, across restarts, which messages were handed over and how far each sender's order has come, so that nothing is shown twice. One store is of one node; it
/// holds hashes and numbers only, no names and no content. The client makes one call at a time, and acknowledges nothing to the node before <see cref="AddAsync"/> has
/// returned: what is lost here is shown a second time, never lost.
/// </summary>
public interface IReceiptStore
{
    /// <summary>Whether a receipt with that mark was added. A store may forget the oldest; keep far more than a mailbox of the node holds (1,000 by default).</summary>
    ValueTask<bool> ContainsAsync(UInt128 mark, CancellationToken cancellationToken);

    /// <summary>The <see cref="Receipt.Sequence"/> that was added last for that sender; null: none was.</summary>
    ValueTask<long?> FindPositionAsync(UInt128 sender, CancellationToken cancellationToken);

    /// <summary>
    /// Adds all of them or, with an exception, none; durable when it returns. A later sequence of a sender replaces the one before even when it is smaller. Marks that are
    /// there already are not an error.
    /// </summary>
    ValueTask AddAsync(IReadOnlyList<Receipt> receipts, CancellationToken cancellationToken);
}
