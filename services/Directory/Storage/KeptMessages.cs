using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Messages that nym-client took and that are kept nevertheless. Callers save the mailbox.</summary>
internal static class KeptMessages
{
    // A time further ahead than any message ever waits was written before the clock was set back.
    private const string RipeOnes =
        "WHERE recipient_id = $1 AND taken_run IS NOT NULL AND (next_attempt_at <= $2 OR next_attempt_at > $3)";

    internal const string WakeRipe = $"""
        UPDATE messages SET taken_run = NULL, round = round + 1, attempts = attempts + 1, next_attempt_at = 0 {RipeOnes}
        """;

    private const string CountRipe = $"SELECT COUNT(*), COALESCE(SUM(LENGTH(content)), 0) FROM messages {RipeOnes}";

    private const string DeleteRipe = $"DELETE FROM messages {RipeOnes}";

    private const string WakeAllOfMailbox = """
        UPDATE messages SET taken_run = NULL, lease_id = NULL, leased_until = 0, round = round + 1, attempts = 0, next_attempt_at = 0
        WHERE recipient_id = $1 AND (taken_run IS NOT NULL OR lease_id IS NOT NULL)
        """;

    private const string MarkTaken = """
        UPDATE messages SET lease_id = NULL, leased_until = 0, taken_run = $2, next_attempt_at = $3 WHERE id = $1
        """;

    /// <summary>nym-client took it, on the present route.</summary>
    public static void Keep(WriteSession session, MailboxState mailbox, long message, byte[] run, int attempts)
    {
        session.Sql.Execute(MarkTaken, message, run, session.Now + DeliveryPace.AfterRefusal(attempts + 1));
        mailbox.CountTaken(session.Now);
    }

    /// <summary>
    /// The user showed to be there. What they should have by now and do not acknowledge goes out again; what somebody should have who
    /// cannot acknowledge, they have.
    /// </summary>
    public static void NoteSignOfLife(WriteSession session, MailboxState mailbox)
    {
        if (mailbox.TakenCount > 0)
        {
            if (mailbox.Acknowledges)
            {
                mailbox.TakenCount -= session.Sql.Execute(WakeRipe, mailbox.AccountId, session.Now, session.Now + DeliveryPace.LongestRetry);
            }
            else
            {
                EndRipe(session, mailbox, MessageEnd.SignOfLife);
            }
        }

        mailbox.EndQuiet(session.Now);
    }

    /// <summary>Ends what a client that does not acknowledge should have by now.</summary>
    public static void EndRipe(WriteSession session, MailboxState mailbox, MessageEnd end)
    {
        var longest = session.Now + DeliveryPace.LongestRetry;
        var (count, bytes) = session.Sql.First(
            CountRipe, row => (row.GetInt32(0), row.GetInt64(1)), mailbox.AccountId, session.Now, longest);
        if (count > 0)
        {
            session.Sql.Execute(DeleteRipe, mailbox.AccountId, session.Now, longest);
            mailbox.TakenCount -= count;
            mailbox.MessageCount -= count;
            mailbox.ByteCount -= bytes;
            session.Effects.NoteEnded(end, count);
        }
    }

    /// <summary>
    /// What was taken or is under way went, or goes, to a route that has ended: all of it waits again, in a new round, so that no
    /// late word about the last one counts.
    /// </summary>
    public static void WakeAll(WriteSession session, MailboxState mailbox)
    {
        if (mailbox.MessageCount > 0)
        {
            session.Sql.Execute(WakeAllOfMailbox, mailbox.AccountId);
        }

        mailbox.TakenCount = 0;
        mailbox.EndLease();
        mailbox.EndQuiet(session.Now);
    }
}
