using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Writes down what became of deliveries; the result says how many reports changed something.</summary>
internal sealed class SettleDeliveries(IReadOnlyList<FateReport> reports) : WriteOperation<int>
{
    private const string Find =
        $"SELECT {MailboxTable.Columns}, m.lease_id, m.attempts, LENGTH(m.content) FROM messages m "
        + "JOIN mailboxes b ON b.account_id = m.recipient_id JOIN accounts a ON a.id = b.account_id WHERE m.id = $1";

    private const string Delete = "DELETE FROM messages WHERE id = $1";

    private const string PutBack =
        "UPDATE messages SET lease_id = NULL, leased_until = 0, attempts = $2, next_attempt_at = $3 WHERE id = $1";

    public override int Weight => reports.Count;

    protected override int Apply(WriteSession session) => reports.Count(report => Settle(session, report));

    private static bool Settle(WriteSession session, FateReport report)
    {
        var found = session.Sql.First(Find, row => new Waiting(
            MailboxTable.Read(row),
            row.SixteenBytesOrNull(MailboxTable.ColumnsOf(0)),
            row.GetInt32(MailboxTable.ColumnsOf(1)),
            row.GetInt32(MailboxTable.ColumnsOf(2))), report.DeliveryId);

        // Taken is a fact, whoever holds the lease by now. The others, and what a run took that is over, only say that this lease led
        // to nothing.
        var isTaken = report.Fate == MessageFate.Taken && session.Gateways.IsPresentRun(report.Run);
        if (found is null || (!isTaken && found.Lease != report.Lease))
        {
            return false;
        }

        if (isTaken)
        {
            Remove(session, report, found);
        }
        else
        {
            PutBackIntoMailbox(session, report, found);
        }

        found.Mailbox.EndLeaseOfOne(found.Lease);
        MailboxTable.Save(session, found.Mailbox);
        return true;
    }

    private static void Remove(WriteSession session, FateReport report, Waiting found)
    {
        session.Sql.Execute(Delete, report.DeliveryId);
        found.Mailbox.MessageCount--;
        found.Mailbox.ByteCount -= found.Size;
        session.Effects.Depth--;
    }

    private static void PutBackIntoMailbox(WriteSession session, FateReport report, Waiting found)
    {
        var refusals = found.Attempts + (report.Fate == MessageFate.Refused ? 1 : 0);
        var nextAttempt = report.Fate == MessageFate.Refused ? session.Now + DeliveryPace.AfterRefusal(refusals) : 0;
        session.Sql.Execute(PutBack, report.DeliveryId, refusals, nextAttempt);
        if (report.Fate == MessageFate.Unsent)
        {
            EndRoute(session, report, found.Mailbox);
        }
        else if (report.Fate == MessageFate.RunLost && found.Mailbox.Route?.Run == report.Run)
        {
            found.Mailbox.Hold(session.Now + DeliveryPace.SameRunPause);
        }
    }

    // As if its run were over: the mailbox is parked, and a login, or a valid send on that tag, which brings reply blocks, makes it flow again.
    private static void EndRoute(WriteSession session, FateReport report, MailboxState mailbox)
    {
        if (mailbox.Route is { } route && route.Run == report.Run && route.Tag == report.Tag)
        {
            mailbox.Route = RouteTable.EndRun(session, mailbox.AccountId, route);
        }
    }

    private sealed record Waiting(MailboxState Mailbox, SixteenBytes? Lease, int Attempts, int Size);
}
