using System.ComponentModel.DataAnnotations;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>How much may wait for one user, and for how long (section <c>Mailbox</c>).</summary>
internal sealed record MailboxOptions : IValidatableObject
{
    public const string Section = "Mailbox";

    /// <summary>Messages in one mailbox; default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxMessages { get; init; } = 1_000;

    /// <summary>Bytes of content in one mailbox; default 16 MB.</summary>
    [Range(131_072, long.MaxValue)]
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>What is promised to clients that do not acknowledge.</summary>
    public LegacyDelivery Legacy { get; init; } = LegacyDelivery.Once;

    /// <summary>How many days a message is kept for its recipient; default 21.</summary>
    [Range(1, 3_650)]
    public int MessageDays { get; init; } = 21;

    /// <summary>
    /// How many days it is remembered that a content was accepted, and how far two users have counted their messages; default 366.
    /// Longer than messages are kept.
    /// </summary>
    [Range(2, 36_500)]
    public int MemoryDays { get; init; } = 366;

    public bool HasRoom(MailboxState mailbox, int size) =>
        mailbox.MessageCount < MaxMessages && mailbox.ByteCount + size <= MaxBytes;

    /// <summary>Whether what nym-client took stays.</summary>
    public bool Keeps(MailboxState mailbox) => mailbox.Acknowledges || Legacy == LegacyDelivery.AtLeastOnce;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => MemoryDays > MessageDays
        ? []
        : [new ValidationResult("Mailbox__MemoryDays must be more than Mailbox__MessageDays.")];
}
