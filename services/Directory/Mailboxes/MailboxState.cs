using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>A mailbox while an operation works on it. Times are Unix milliseconds.</summary>
internal sealed class MailboxState
{
    public required long AccountId { get; init; }

    public required ReturnRoute? Route { get; set; }

    public required AccountFeatures Features { get; set; }

    public required long HeldUntil { get; set; }

    public required SixteenBytes? LeaseId { get; set; }

    public required long LeasedUntil { get; set; }

    public required int LeasedCount { get; set; }

    public required int MessageCount { get; set; }

    public required long ByteCount { get; set; }

    public bool IsLeased(long now) => LeasedCount > 0 && LeasedUntil > now;

    public void BeginLease(SixteenBytes lease, int count, long until)
    {
        LeaseId = lease;
        LeasedCount = count;
        LeasedUntil = until;
    }

    /// <summary>One message of that lease met its fate; the lease ends with its last one.</summary>
    public void EndLeaseOfOne(SixteenBytes? lease)
    {
        if (lease is not null && lease == LeaseId && LeasedCount > 0 && --LeasedCount == 0)
        {
            EndLease();
        }
    }

    public void EndLease()
    {
        LeaseId = null;
        LeasedUntil = 0;
        LeasedCount = 0;
    }

    public void Hold(long until) => HeldUntil = Math.Max(HeldUntil, until);
}
