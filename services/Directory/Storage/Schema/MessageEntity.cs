namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>
/// An accepted message on its way. Its id grows and is never used again, so that order is the order of acceptance. The sender is
/// not named outside <see cref="Content"/>.
/// </summary>
internal sealed class MessageEntity
{
    public long Id { get; set; }

    public long RecipientId { get; set; }

    /// <summary>Grows by one for each message of one sender to this recipient.</summary>
    public long Sequence { get; set; }

    /// <summary>First 16 bytes of SHA-256 over the signed bytes.</summary>
    public required byte[] ContentHash { get; set; }

    /// <summary>Days since 1970-01-01 UTC.</summary>
    public int AcceptedDay { get; set; }

    /// <summary>Unix milliseconds: after a refusal it waits at least until then.</summary>
    public long NextAttemptAt { get; set; }

    /// <summary>How often it was refused.</summary>
    public int Attempts { get; set; }

    public byte[]? LeaseId { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long LeasedUntil { get; set; }

    /// <summary>The run that took it, for clients that acknowledge; absent until then.</summary>
    public byte[]? TakenRun { get; set; }

    /// <summary>What the recipient gets as content: UTF-8 JSON. Last, since it may overflow its page.</summary>
    public required byte[] Content { get; set; }
}
