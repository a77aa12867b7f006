namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>
/// How much of a mailbox may be under way. Clients that acknowledge have a window of a few messages; while they are quiet only the
/// oldest is tried again, a few times: an absent user must not eat nym-client's packets. For the others taken is the end, and a lease
/// is window enough.
/// </summary>
internal static class DeliveryWindow
{
    /// <summary>The most messages that are taken or leased and not acknowledged.</summary>
    public const int Size = DeliveryPace.MessagesPerLease;

    /// <summary>How often the oldest is tried again before nothing is sent any more until the next sign of life.</summary>
    public const int MostProbes = 5;

    /// <summary>How many waiting messages may be leased; the mailbox is not leased now.</summary>
    public static int Free(MailboxState mailbox) => mailbox.HasWaiting ? Room(mailbox) : 0;

    /// <summary>Whether a message that is not there yet could be leased.</summary>
    public static bool HasRoomForNew(MailboxState mailbox) => Room(mailbox) > 0;

    /// <summary>Whether the oldest message is to be tried again when <see cref="MailboxState.RetryAt"/> has come.</summary>
    public static bool MayProbe(MailboxState mailbox) =>
        mailbox is { Acknowledges: true, MessageCount: > 0, Probes: < MostProbes } && (mailbox.TakenCount > 0 || mailbox.Probes > 0);

    /// <summary>Whether a sign of life changes anything; asked at each, so that most cost nothing.</summary>
    public static bool NeedsSignOfLife(int takenCount, int probes, long retryAt, long now) =>
        probes > 0 || (takenCount > 0 && retryAt < now + (DeliveryPace.FirstRetry * 2 / 3));

    private static int Room(MailboxState mailbox) => mailbox switch
    {
        { Acknowledges: false } => DeliveryPace.MessagesPerLease,
        { Probes: > 0 } => 0,
        _ => Math.Max(0, Size - mailbox.TakenCount),
    };
}
