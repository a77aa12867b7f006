using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>A Gateway's word on one delivery.</summary>
internal sealed record FateReport(long DeliveryId, SixteenBytes Lease, RunId Run, MessageFate Fate, SealedTag? Tag = null);
