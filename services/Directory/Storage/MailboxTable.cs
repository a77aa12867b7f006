using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Loads and saves mailboxes as operations work on them.</summary>
internal static class MailboxTable
{
    /// <summary>What <see cref="Read"/> expects, of <c>mailboxes b</c> and <c>accounts a</c>.</summary>
    public const string Columns =
        "b.account_id, a.route_gateway, a.route_run, a.route_tag, a.features, b.held_until, b.lease_id, b.leased_until, "
        + "b.leased_count, b.message_count, b.byte_count, b.taken_count, b.probes, b.retry_at";

    private const int ColumnCount = 14;

    private const string ById = $"SELECT {Columns} FROM mailboxes b JOIN accounts a ON a.id = b.account_id WHERE b.account_id = $1";

    private const string ByUsername =
        $"SELECT {Columns} FROM accounts a JOIN mailboxes b ON b.account_id = a.id WHERE a.username = $1";

    private const string Update = """
        UPDATE mailboxes SET due_at = $2, held_until = $3, lease_id = $4, leased_until = $5, leased_count = $6,
            message_count = $7, byte_count = $8, taken_count = $9, probes = $10, retry_at = $11
        WHERE account_id = $1
        """;

    internal const string HeadAttempt =
        "SELECT next_attempt_at FROM messages WHERE recipient_id = $1 AND taken_run IS NULL ORDER BY id LIMIT 1";

    private const string EarliestAttempt =
        "SELECT MIN(next_attempt_at) FROM messages WHERE recipient_id = $1 AND taken_run IS NULL";

    /// <summary>The first column after those of the mailbox, for queries that ask for more.</summary>
    public static int ColumnsOf(int further) => ColumnCount + further;

    public static MailboxState Load(WriteSession session, long account) =>
        session.Sql.First(ById, Read, account) ?? throw new InvalidOperationException("An account has no mailbox.");

    public static MailboxState? Find(WriteSession session, Username username) =>
        session.Sql.First(ByUsername, Read, username.Value);

    public static MailboxState Read(Row row) => new()
    {
        AccountId = row.GetInt64(0),
        Route = row.RouteOrNull(1),
        Features = (AccountFeatures)row.GetInt32(4),
        HeldUntil = row.GetInt64(5),
        LeaseId = row.SixteenBytesOrNull(6),
        LeasedUntil = row.GetInt64(7),
        LeasedCount = row.GetInt32(8),
        MessageCount = row.GetInt32(9),
        ByteCount = row.GetInt64(10),
        TakenCount = row.GetInt32(11),
        Probes = row.GetInt32(12),
        RetryAt = row.GetInt64(13),
    };

    /// <summary>Writes it back and decides when it is due.</summary>
    public static void Save(WriteSession session, MailboxState mailbox)
    {
        var live = session.Gateways.IsLive(mailbox.Route, session.Now);
        var flows = live && DeliveryWindow.Free(mailbox) > 0 && !mailbox.IsLeased(session.Now);
        var firstAttempt = flows ? FirstAttempt(session, mailbox) : 0;
        var due = DueRule.Next(mailbox, live, firstAttempt, session.Now) is { } at and < long.MaxValue ? at : (long?)null;
        session.Sql.Execute(
            Update, mailbox.AccountId, due, mailbox.HeldUntil, mailbox.LeaseId?.ToArray(), mailbox.LeasedUntil, mailbox.LeasedCount,
            mailbox.MessageCount, mailbox.ByteCount, mailbox.TakenCount, mailbox.Probes, mailbox.RetryAt);
        session.Effects.NoteDue(due);
    }

    // The head is nearly always free; only behind a refused one the whole mailbox is looked through.
    private static long FirstAttempt(WriteSession session, MailboxState mailbox)
    {
        var head = session.Sql.Scalar<long?>(HeadAttempt, mailbox.AccountId);
        return head is { } attempt && IsFree(session, attempt) ? 0 : Earliest(session, mailbox);
    }

    private static long Earliest(WriteSession session, MailboxState mailbox)
    {
        // No row although there should be one: parked, or Relays would ask for it without a pause.
        var earliest = session.Sql.Scalar<long?>(EarliestAttempt, mailbox.AccountId);
        return earliest is not { } attempt ? long.MaxValue : IsFree(session, attempt) ? 0 : attempt;
    }

    // A time further away than any message ever waits was written before the clock was set back.
    private static bool IsFree(WriteSession session, long attempt) =>
        attempt <= session.Now || attempt > session.Now + DeliveryPace.LongestRetry;
}
