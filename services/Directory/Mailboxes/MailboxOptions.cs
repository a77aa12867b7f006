using System.ComponentModel.DataAnnotations;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>How much may wait for one user (section <c>Mailbox</c>).</summary>
internal sealed record MailboxOptions
{
    public const string Section = "Mailbox";

    /// <summary>Messages in one mailbox; default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxMessages { get; init; } = 1_000;

    /// <summary>Bytes of content in one mailbox; default 16 MB.</summary>
    [Range(131_072, long.MaxValue)]
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    public bool HasRoom(MailboxState mailbox, int size) =>
        mailbox.MessageCount < MaxMessages && mailbox.ByteCount + size <= MaxBytes;
}
