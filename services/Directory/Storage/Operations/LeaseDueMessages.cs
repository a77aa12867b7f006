using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Leases what is due, the longest due mailbox first, each mailbox under one new lease.</summary>
internal sealed class LeaseDueMessages(int maxDeliveries, Func<SixteenBytes> newLease) : WriteOperation<IReadOnlyList<Delivery>>
{
    // Mailboxes looked at in one commit: when a gateway went away they are parked a part at a time, others commit in between.
    private const int MailboxesPerCommit = 256;

    internal const string NextDue =
        $"SELECT {MailboxTable.Columns} FROM mailboxes b JOIN accounts a ON a.id = b.account_id "
        + "WHERE b.due_at <= $1 ORDER BY b.due_at LIMIT 1";

    internal const string EarliestDue = "SELECT MIN(due_at) FROM mailboxes WHERE due_at IS NOT NULL";

    internal const string WaitingMessages = """
        SELECT id, content FROM messages WHERE recipient_id = $1 AND next_attempt_at <= $2 ORDER BY id LIMIT $3
        """;

    private const string LeaseMessage = "UPDATE messages SET lease_id = $2, leased_until = $3 WHERE id = $1";

    protected override IReadOnlyList<Delivery> Apply(WriteSession session)
    {
        var answer = new DeliveryAllowance(maxDeliveries);
        for (var looked = 0; looked < MailboxesPerCommit && answer.HasRoom; looked++)
        {
            if (session.Sql.First(NextDue, MailboxTable.Read, session.Now) is not { } mailbox || !TryLease(session, mailbox, answer))
            {
                break;
            }
        }

        session.Effects.SetExactDue(session.Sql.Scalar<long?>(EarliestDue) ?? long.MaxValue);
        return answer.Deliveries;
    }

    /// <summary>False when the answer has no room for the mailbox's first message.</summary>
    private bool TryLease(WriteSession session, MailboxState mailbox, DeliveryAllowance answer)
    {
        // A lease that ran out says nothing any more; a report that comes late finds its message by id.
        // A login may have come while it lasted: then the client is not ready yet.
        mailbox.EndLease();
        if (mailbox.HeldUntil <= session.Now && mailbox.Route is { } route && session.Gateways.IsLive(route, session.Now))
        {
            var lease = newLease();
            var until = session.Now + DeliveryPace.Lease;
            var taken = TakeMessages(session, mailbox, answer);
            foreach (var (id, content) in taken)
            {
                session.Sql.Execute(LeaseMessage, id, lease.ToArray(), until);
                answer.Deliveries.Add(Mailboxes.Deliveries.ToContract(session.Gateways, id, lease, route, content));
            }

            if (taken.Count > 0)
            {
                mailbox.BeginLease(lease, taken.Count, until);
            }
            else if (!answer.HasRoom)
            {
                return false;
            }
        }

        MailboxTable.Save(session, mailbox);
        return true;
    }

    private static List<(long Id, ByteString Content)> TakeMessages(WriteSession session, MailboxState mailbox, DeliveryAllowance answer)
    {
        var limit = Math.Min(DeliveryPace.MessagesPerLease, answer.Remaining);
        var waiting = session.Sql.List(
            WaitingMessages, row => (row.GetInt64(0), UnsafeByteOperations.UnsafeWrap(row.GetBytes(1))),
            mailbox.AccountId, session.Now, limit);
        return [.. waiting.TakeWhile(message => answer.TryTake(message.Item2.Length))];
    }
}
