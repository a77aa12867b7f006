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

    private const string LeaseMessage =
        "UPDATE messages SET lease_id = $2, leased_until = $3, taken_run = NULL, round = $4 WHERE id = $1";

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
            var chosen = MessageChoice.Choose(session, mailbox, answer);
            if (chosen.Count > 0)
            {
                Lease(session, mailbox, route, chosen, answer);
            }
            else if (!answer.HasRoom)
            {
                return false;
            }
        }

        MailboxTable.Save(session, mailbox);
        return true;
    }

    private void Lease(
        WriteSession session, MailboxState mailbox, ReturnRoute route, List<LeasedMessage> chosen, DeliveryAllowance answer)
    {
        var lease = newLease();
        var until = session.Now + DeliveryPace.Lease;
        foreach (var message in chosen)
        {
            session.Sql.Execute(LeaseMessage, message.Id, lease.ToArray(), until, message.Round);
            answer.Deliveries.Add(Mailboxes.Deliveries.ToContract(session, mailbox, lease, route, message));
        }

        mailbox.BeginLease(lease, chosen.Count, until);
    }
}
