namespace NymDirectory.Client.Receipts;

/// <summary>What is remembered of one message that was handed over.</summary>
/// <param name="Marks">What it is recognised by when it comes again: a hash of the node's id for it, a hash of its payload, or both.</param>
/// <param name="Sender">A hash that stands for the pair of sender and recipient.</param>
/// <param name="Sequence">The node's number of the message among those of this sender; null: it came without one.</param>
public sealed record Receipt(IReadOnlyList<UInt128> Marks, UInt128 Sender, long? Sequence);
