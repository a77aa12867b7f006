using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Writes down what became of deliveries; the result says how many reports changed something.</summary>
internal sealed class SettleDeliveries(IReadOnlyList<FateReport> reports, MailboxOptions options) : WriteOperation<int>
{
    internal const string Find =
        $"SELECT {MailboxTable.Columns}, m.lease_id, m.attempts, m.round, m.taken_run IS NOT NULL, m.introduces, m.pair, LENGTH(m.content) "
        + "FROM messages m JOIN mailboxes b ON b.account_id = m.recipient_id JOIN accounts a ON a.id = b.account_id WHERE m.id = $1";

    private const string Delete = "DELETE FROM messages WHERE id = $1";

    private const string PutBack =
        "UPDATE messages SET lease_id = NULL, leased_until = 0, attempts = $2, next_attempt_at = $3 WHERE id = $1";

    private const string HoldFollowers = """
        UPDATE messages SET next_attempt_at = MAX(next_attempt_at, $3) WHERE recipient_id = $1 AND pair = $2 AND taken_run IS NULL
        """;

    public override int Weight => reports.Count;

    /// <inheritdoc/>
    public override bool IsPatient => true;

    protected override int Apply(WriteSession session) => reports.Count(report => Settle(session, report));

    private bool Settle(WriteSession session, FateReport report)
    {
        var found = session.Sql.First(Find, row => new Delivered(
            MailboxTable.Read(row),
            row.SixteenBytesOrNull(MailboxTable.ColumnsOf(0)),
            row.GetInt32(MailboxTable.ColumnsOf(1)),
            row.GetInt32(MailboxTable.ColumnsOf(2)),
            row.GetBoolean(MailboxTable.ColumnsOf(3)),
            row.GetBoolean(MailboxTable.ColumnsOf(4)) ? row.SixteenBytesOrNull(MailboxTable.ColumnsOf(5)) : null,
            row.GetInt32(MailboxTable.ColumnsOf(6))), report.DeliveryId);

        // Taken is a fact, whoever holds the lease by now, but one about its own round: later ones are sent elsewhere. The other fates, and
        // what a run took that is over, only say that this lease led to nothing.
        if (found is null || found.IsTaken || found.Round != report.Round)
        {
            return false;
        }

        var isTaken = report.Fate == MessageFate.Taken && session.Gateways.IsPresentRun(report.Run);
        if (!isTaken && found.Lease != report.Lease)
        {
            return false;
        }

        if (isTaken)
        {
            Take(session, report, found);
        }
        else
        {
            PutBackIntoMailbox(session, report, found);
        }

        found.Mailbox.EndLeaseOfOne(found.Lease);
        MailboxTable.Save(session, found.Mailbox);
        return true;
    }

    private void Take(WriteSession session, FateReport report, Delivered found)
    {
        if (options.Keeps(found.Mailbox))
        {
            KeptMessages.Keep(session, found.Mailbox, report.DeliveryId, report.Run.Value.ToArray(), found.Attempts);
        }
        else
        {
            session.Sql.Execute(Delete, report.DeliveryId);
            found.Mailbox.MessageCount--;
            found.Mailbox.ByteCount -= found.Size;
            session.Effects.NoteEnded(MessageEnd.Taken);
        }

        if (found.IntroducesPair is { } pair && !found.Mailbox.Acknowledges)
        {
            session.Introductions.Note(pair, session.Now);
            session.Sql.Execute(HoldFollowers, found.Mailbox.AccountId, pair.ToArray(), session.Now + DeliveryPace.AfterIntroduction);
        }
    }

    private static void PutBackIntoMailbox(WriteSession session, FateReport report, Delivered found)
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

    private sealed record Delivered(
        MailboxState Mailbox, SixteenBytes? Lease, int Attempts, int Round, bool IsTaken, SixteenBytes? IntroducesPair, int Size);
}
