using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Expiry;

/// <summary>Ends the messages of a stretch of ids that are older than <paramref name="firstKept"/>; the result says how many.</summary>
internal sealed class ExpiredMessages(long after, long last, int firstKept) : WriteOperation<int>
{
    private const int PerStretch = 256;

    /// <summary>The last id of the next stretch, and how many of it are too old.</summary>
    internal const string Stretch = """
        SELECT MAX(id), COALESCE(SUM(accepted_day < $2), 0) FROM (SELECT id, accepted_day FROM messages WHERE id > $1 ORDER BY id LIMIT $3)
        """;

    internal const string Expired = """
        SELECT id, recipient_id, LENGTH(content), taken_run IS NOT NULL FROM messages
        WHERE id > $1 AND id <= $2 AND accepted_day < $3 ORDER BY id
        """;

    private const string Delete = "DELETE FROM messages WHERE id = $1";

    /// <summary>Looks for what to do without keeping the writer; the last id is absent at the end of the table.</summary>
    public static (long? Last, long TooOld) Look(Statements sql, long after, int firstKept) => sql.First(
        Stretch, row => (row.IsDBNull(0) ? (long?)null : row.GetInt64(0), row.GetInt64(1)), after, firstKept, PerStretch);

    protected override int Apply(WriteSession session)
    {
        var expired = session.Sql.List(
            Expired, row => new Message(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetBoolean(3)), after, last, firstKept);
        return expired.GroupBy(message => message.Recipient).Sum(ofOne => End(session, MailboxTable.Load(session, ofOne.Key), [.. ofOne]));
    }

    private static int End(WriteSession session, MailboxState mailbox, List<Message> expired)
    {
        // One under way may be arriving: it is looked at again in an hour.
        if (mailbox.IsLeased(session.Now))
        {
            return 0;
        }

        foreach (var message in expired)
        {
            session.Sql.Execute(Delete, message.Id);
            mailbox.MessageCount--;
            mailbox.ByteCount -= message.Size;
            mailbox.TakenCount -= message.IsTaken ? 1 : 0;
            session.Effects.NoteEnded(message.IsTaken ? MessageEnd.ExpiredUnacknowledged : MessageEnd.ExpiredUnsent);
        }

        MailboxTable.Save(session, mailbox);
        return expired.Count;
    }

    private sealed record Message(long Id, long Recipient, int Size, bool IsTaken);
}
