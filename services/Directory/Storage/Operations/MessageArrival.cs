using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>The part of an acceptance that concerns the mailbox: room, once only, and a lease if nothing stands before it.</summary>
internal static class MessageArrival
{
    private const string RememberContent =
        "INSERT INTO accepted_contents (hash, day) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

    private const string ForgetContent = "DELETE FROM accepted_contents WHERE hash = $1";

    private const string FindByContent =
        "SELECT id, sequence, round, lease_id, leased_until FROM messages WHERE content_hash = $1";

    private const string InsertMessage = """
        INSERT INTO messages (recipient_id, sequence, content_hash, accepted_day, next_attempt_at, attempts, round, introduces, pair,
            lease_id, leased_until, content)
        VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7, $8, $9, $10)
        """;

    public static AcceptOutcome Accept(
        WriteSession session, ArrivedMessage message, long sender, MailboxState mailbox, MailboxOptions options)
    {
        var hash = message.ContentHash.ToArray();
        if (session.Sql.Execute(RememberContent, hash, session.Today) == 0)
        {
            return AcceptedBefore(session, message, mailbox, hash);
        }

        if (!HasRoom(session, mailbox, message.Content.Length, options))
        {
            // Refused, so that it may come again.
            session.Sql.Execute(ForgetContent, hash);
            return new AcceptOutcome { MailboxFull = new MailboxFull() };
        }

        return AcceptNew(session, message, sender, mailbox, hash);
    }

    /// <summary>What was handed over to a client that cannot acknowledge, and is kept in case, gives way to what was not.</summary>
    private static bool HasRoom(WriteSession session, MailboxState mailbox, int size, MailboxOptions options)
    {
        if (!options.HasRoom(mailbox, size) && mailbox is { Acknowledges: false, TakenCount: > 0 })
        {
            KeptMessages.EndRipe(session, mailbox, MessageEnd.MadeRoom);
            // Also when it was not enough: what went is gone, and the mailbox must know.
            MailboxTable.Save(session, mailbox);
        }

        return options.HasRoom(mailbox, size);
    }

    private static AcceptOutcome AcceptedBefore(WriteSession session, ArrivedMessage message, MailboxState mailbox, byte[] hash)
    {
        var known = session.Sql.First(
            FindByContent, row => new KnownMessage(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.SixteenBytesOrNull(3), row.GetInt64(4)),
            hash);
        if (known is null)
        {
            return new AcceptOutcome { Settled = new Settled() };
        }

        // The caller's first answer got lost: it is the one who delivers it, but not to a client that logged in meanwhile and is not
        // ready.
        var isCallers = known.Lease == message.Request && known.LeasedUntil > session.Now && mailbox.HeldUntil <= session.Now;
        return isCallers && mailbox.Route is { } route
            ? Leased(session, message, mailbox, route, known.Id, known.Sequence, known.Round)
            : new AcceptOutcome { Pending = new Pending() };
    }

    private static AcceptOutcome AcceptNew(
        WriteSession session, ArrivedMessage message, long sender, MailboxState mailbox, byte[] hash)
    {
        var now = session.Now;
        var pair = session.Pairs.Of(sender, mailbox.AccountId);
        var notBefore = mailbox.Acknowledges || session.Introductions.IsEmpty
            ? 0
            : session.Introductions.HoldUntil(SixteenBytes.Read(pair), now);
        var deliverOn = notBefore == 0 && MayGoAtOnce(session, mailbox) ? mailbox.Route : null;
        var leasedUntil = deliverOn is null ? 0 : now + DeliveryPace.Lease;
        var sequence = mailbox.Acknowledges ? SequenceTable.Next(session, pair) : SequenceTable.None;
        var id = session.Sql.Insert(
            InsertMessage, mailbox.AccountId, sequence, hash, session.Today, notBefore, message.Introduces, pair,
            deliverOn is null ? null : message.Request.ToArray(), leasedUntil, message.Content.Memory);

        mailbox.MessageCount++;
        mailbox.ByteCount += message.Content.Length;
        session.Effects.NoteAccepted();
        if (deliverOn is not null)
        {
            mailbox.BeginLease(message.Request, count: 1, leasedUntil);
        }

        MailboxTable.Save(session, mailbox);
        return deliverOn is { } route
            ? Leased(session, message, mailbox, route, id, sequence, round: 0)
            : new AcceptOutcome { Pending = new Pending() };
    }

    // Nothing waits or is under way, and there is somewhere to send it.
    private static bool MayGoAtOnce(WriteSession session, MailboxState mailbox) =>
        !mailbox.HasWaiting && !mailbox.IsLeased(session.Now) && mailbox.HeldUntil <= session.Now
        && DeliveryWindow.HasRoomForNew(mailbox) && session.Gateways.IsLive(mailbox.Route, session.Now);

    private static AcceptOutcome Leased(
        WriteSession session, ArrivedMessage message, MailboxState mailbox, ReturnRoute route, long id, long sequence, int round)
    {
        var leased = new LeasedMessage(id, message.ContentHash, sequence, round, message.Content);
        return new AcceptOutcome { Leased = Deliveries.ToContract(session, mailbox, message.Request, route, leased) };
    }

    private sealed record KnownMessage(long Id, long Sequence, int Round, SixteenBytes? Lease, long LeasedUntil);
}
