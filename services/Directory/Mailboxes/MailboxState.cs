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

    /// <summary>Of <see cref="MessageCount"/>, those that were taken and are kept until somebody says that they arrived.</summary>
    public required int TakenCount { get; set; }

    /// <summary>How often the oldest message was tried again since the last sign of life; above 0 the user is quiet.</summary>
    public required int Probes { get; set; }

    /// <summary>When the oldest is tried again.</summary>
    public required long RetryAt { get; set; }

    public required int MessageCount { get; set; }

    public required long ByteCount { get; set; }

    /// <summary>Whether messages stay until the client says that it has them.</summary>
    public bool Acknowledges => Features.HasFlag(AccountFeatures.Ack);

    public bool IsLeased(long now) => LeasedCount > 0 && LeasedUntil > now;

    /// <summary>Whether something is there that was not taken: nothing new may go before it.</summary>
    public bool HasWaiting => MessageCount > TakenCount;

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

    /// <summary>Its user showed to be there.</summary>
    public void EndQuiet(long now)
    {
        Probes = 0;
        RetryAt = now + DeliveryPace.FirstRetry;
    }

    /// <summary>nym-client took one, and it is kept.</summary>
    public void CountTaken(long now)
    {
        TakenCount++;
        if (Probes == 0)
        {
            RetryAt = now + DeliveryPace.FirstRetry;
        }
    }

    /// <summary>The oldest goes out again; the next time comes twice as late.</summary>
    public void CountProbe(long now)
    {
        Probes++;
        RetryAt = now + DeliveryPace.AfterProbe(Probes);
    }

    public void Hold(long until) => HeldUntil = Math.Max(HeldUntil, until);
}
