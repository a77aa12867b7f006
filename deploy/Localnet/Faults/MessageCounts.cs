namespace NymDirectory.Localnet.Faults;

/// <summary>What happened to messages since the hub started.</summary>
/// <param name="Delivered">Handed to their recipient, copies too.</param>
/// <param name="Lost">Lost as told.</param>
/// <param name="Duplicated">Doubled as told.</param>
/// <param name="Reordered">Held back as told.</param>
/// <param name="Undeliverable">For an address that never joined, or more than is kept for an absent one.</param>
/// <param name="Waiting">Kept for clients who are absent.</param>
internal sealed record MessageCounts(long Delivered, long Lost, long Duplicated, long Reordered, long Undeliverable, long Waiting);
