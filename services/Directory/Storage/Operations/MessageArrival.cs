using Google.Protobuf;
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

    private const string FindByContent = "SELECT id, lease_id, leased_until FROM messages WHERE content_hash = $1";

    private const string NextSequence = """
        INSERT INTO sequences (pair, next) VALUES ($1, 2) ON CONFLICT (pair) DO UPDATE SET next = next + 1 RETURNING next - 1
        """;

    private const string InsertMessage = """
        INSERT INTO messages (recipient_id, sequence, content_hash, accepted_day, next_attempt_at, attempts, lease_id, leased_until,
            content)
        VALUES ($1, $2, $3, $4, 0, 0, $5, $6, $7) RETURNING id
        """;

    public static AcceptOutcome Accept(
        WriteSession session, ArrivedMessage message, long sender, MailboxState mailbox, MailboxOptions options)
    {
        var hash = message.ContentHash.ToArray();
        if (session.Sql.Execute(RememberContent, hash, session.Today) == 0)
        {
            return AcceptedBefore(session, message, mailbox, hash);
        }

        if (!options.HasRoom(mailbox, message.Content.Length))
        {
            // Refused, so that it may come again.
            session.Sql.Execute(ForgetContent, hash);
            return new AcceptOutcome { MailboxFull = new MailboxFull() };
        }

        return AcceptNew(session, message, sender, mailbox, hash);
    }

    private static AcceptOutcome AcceptedBefore(WriteSession session, ArrivedMessage message, MailboxState mailbox, byte[] hash)
    {
        var known = session.Sql.First(
            FindByContent, row => new KnownMessage(row.GetInt64(0), row.SixteenBytesOrNull(1), row.GetInt64(2)), hash);
        if (known is null)
        {
            return new AcceptOutcome { Settled = new Settled() };
        }

        // The caller's first answer got lost: it is the one who delivers it, but not to a client that logged in meanwhile and is not
        // ready.
        var isCallers = known.Lease == message.Request && known.LeasedUntil > session.Now && mailbox.HeldUntil <= session.Now;
        return isCallers && mailbox.Route is { } route
            ? new AcceptOutcome { Leased = ToDelivery(session, known.Id, message.Request, route, message.Content) }
            : new AcceptOutcome { Pending = new Pending() };
    }

    private static AcceptOutcome AcceptNew(
        WriteSession session, ArrivedMessage message, long sender, MailboxState mailbox, byte[] hash)
    {
        var now = session.Now;
        ReturnRoute? deliverOn = mailbox.MessageCount == 0 && mailbox.HeldUntil <= now && session.Gateways.IsLive(mailbox.Route, now)
            ? mailbox.Route
            : null;
        var leasedUntil = deliverOn is null ? 0 : now + DeliveryPace.Lease;
        var sequence = session.Sql.Scalar<long>(NextSequence, session.Pairs.Of(sender, mailbox.AccountId));
        var id = session.Sql.Scalar<long>(
            InsertMessage, mailbox.AccountId, sequence, hash, session.Today,
            deliverOn is null ? null : message.Request.ToArray(), leasedUntil, message.Content.ToByteArray());

        if (deliverOn is not null)
        {
            mailbox.BeginLease(message.Request, count: 1, leasedUntil);
        }

        mailbox.MessageCount++;
        mailbox.ByteCount += message.Content.Length;
        session.Effects.Depth++;
        MailboxTable.Save(session, mailbox);
        return deliverOn is { } route
            ? new AcceptOutcome { Leased = ToDelivery(session, id, message.Request, route, message.Content) }
            : new AcceptOutcome { Pending = new Pending() };
    }

    private static Delivery ToDelivery(WriteSession session, long id, SixteenBytes lease, ReturnRoute route, ByteString content) =>
        Deliveries.ToContract(session.Gateways, id, lease, route, content);

    private sealed record KnownMessage(long Id, SixteenBytes? Lease, long LeasedUntil);
}
