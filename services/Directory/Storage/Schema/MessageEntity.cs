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

    /// <summary>
    /// Unix milliseconds. While it waits: not sent before. While it is taken: by then it has arrived or never will, so that a later sign
    /// of life says something about it.
    /// </summary>
    public long NextAttemptAt { get; set; }

    /// <summary>How often it was tried in vain: refused, or taken and not acknowledged by somebody who was there.</summary>
    public int Attempts { get; set; }

    /// <summary>Grows whenever it is to be sent again though a gateway may have sent it.</summary>
    public int Round { get; set; }

    /// <summary>Sender and recipient, as in <see cref="SequenceEntity.Pair"/>.</summary>
    public byte[]? Pair { get; set; }

    /// <summary>It holds its sender's public key: clients that do not acknowledge drop what overtakes it.</summary>
    public bool Introduces { get; set; }

    public byte[]? LeaseId { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long LeasedUntil { get; set; }

    /// <summary>The run that took it, while it is kept nevertheless; always that of the recipient's present route.</summary>
    public byte[]? TakenRun { get; set; }

    /// <summary>What the recipient gets as content: UTF-8 JSON. Last, since it may overflow its page.</summary>
    public required byte[] Content { get; set; }
}
