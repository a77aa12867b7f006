namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>One for each account. Times are Unix milliseconds.</summary>
internal sealed class MailboxEntity
{
    public long AccountId { get; set; }

    /// <summary>When a Relay should look at it next; absent: parked (nothing waits, or no live route).</summary>
    public long? DueAt { get; set; }

    /// <summary>Nothing leaves before this: the client behind the route is not ready yet.</summary>
    public long HeldUntil { get; set; }

    /// <summary>The one lease under which messages are delivered now.</summary>
    public byte[]? LeaseId { get; set; }

    public long LeasedUntil { get; set; }

    /// <summary>How many messages of the lease have not met their fate.</summary>
    public int LeasedCount { get; set; }

    /// <summary>How many messages were taken and are kept until somebody says that they arrived.</summary>
    public int TakenCount { get; set; }

    /// <summary>How often the oldest message was tried again since the last sign of life.</summary>
    public int Probes { get; set; }

    /// <summary>When the oldest is tried again, if no sign of life comes before.</summary>
    public long RetryAt { get; set; }

    public int MessageCount { get; set; }

    public long ByteCount { get; set; }
}
