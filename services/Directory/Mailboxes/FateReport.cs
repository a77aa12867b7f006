using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>A Gateway's word on one delivery, in one round of it.</summary>
internal sealed record FateReport(long DeliveryId, SixteenBytes Lease, RunId Run, int Round, MessageFate Fate, SealedTag? Tag = null);
