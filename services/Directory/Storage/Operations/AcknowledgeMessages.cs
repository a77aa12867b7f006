using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>
/// Ends what clients say to have, whatever state it is in: an acknowledgement may be faster than the word that nym-client took the message.
/// The result says for each how many messages ended.
/// </summary>
internal sealed class AcknowledgeMessages(IReadOnlyList<Acknowledgement> acknowledgements) : WriteOperation<int[]>
{
    internal const string FindMessage =
        "SELECT id, recipient_id, LENGTH(content), lease_id, taken_run IS NOT NULL FROM messages WHERE content_hash = $1";

    private const string Delete = "DELETE FROM messages WHERE id = $1";

    public override int Weight => acknowledgements.Count;

    /// <inheritdoc/>
    public override bool IsPatient => true;

    protected override int[] Apply(WriteSession session) => [.. acknowledgements.Select(item => Acknowledge(session, item))];

    private static int Acknowledge(WriteSession session, Acknowledgement item)
    {
        var mailboxes = RouteTable.MailboxesOn(session, item.Route);
        var ended = mailboxes.Count > 0 ? item.Messages.Count(id => TryEnd(session, mailboxes, id)) : 0;
        foreach (var mailbox in mailboxes)
        {
            KeptMessages.NoteSignOfLife(session, mailbox);
            RouteTable.ReviveEnded(session, mailbox, item.Route);
            MailboxTable.Save(session, mailbox);
        }

        return ended;
    }

    /// <summary>False for what is no message (any more), and no message of theirs.</summary>
    private static bool TryEnd(WriteSession session, List<MailboxState> mailboxes, SixteenBytes id)
    {
        var found = session.Sql.First(
            FindMessage,
            row => new KnownMessage(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.SixteenBytesOrNull(3), row.GetBoolean(4)),
            session.MessageIds.Open(id).ToArray());
        if (found is null || mailboxes.Find(mailbox => mailbox.AccountId == found.Recipient) is not { } mailbox)
        {
            return false;
        }

        session.Sql.Execute(Delete, found.Id);
        mailbox.MessageCount--;
        mailbox.ByteCount -= found.Size;
        mailbox.TakenCount -= found.IsTaken ? 1 : 0;
        mailbox.EndLeaseOfOne(found.Lease);
        session.Effects.NoteEnded(MessageEnd.Acknowledged);
        return true;
    }

    private sealed record KnownMessage(long Id, long Recipient, int Size, SixteenBytes? Lease, bool IsTaken);
}
