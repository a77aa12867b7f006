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
        + "b.leased_count, b.message_count, b.byte_count";

    private const int ColumnCount = 11;

    private const string ById = $"SELECT {Columns} FROM mailboxes b JOIN accounts a ON a.id = b.account_id WHERE b.account_id = $1";

    private const string ByUsername =
        $"SELECT {Columns} FROM accounts a JOIN mailboxes b ON b.account_id = a.id WHERE a.username = $1";

    private const string Update = """
        UPDATE mailboxes SET due_at = $2, held_until = $3, lease_id = $4, leased_until = $5, leased_count = $6,
            message_count = $7, byte_count = $8
        WHERE account_id = $1
        """;

    private const string HeadAttempt =
        "SELECT next_attempt_at FROM messages WHERE recipient_id = $1 ORDER BY id LIMIT 1";

    private const string EarliestAttempt = "SELECT MIN(next_attempt_at) FROM messages WHERE recipient_id = $1";

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
    };

    /// <summary>Writes it back and decides when it is due.</summary>
    public static void Save(WriteSession session, MailboxState mailbox)
    {
        var live = session.Gateways.IsLive(mailbox.Route, session.Now);
        var firstAttempt = live && mailbox.MessageCount > 0 && !mailbox.IsLeased(session.Now) ? FirstAttempt(session, mailbox) : 0;
        var due = DueRule.Next(mailbox, live, firstAttempt, session.Now);
        session.Sql.Execute(
            Update, mailbox.AccountId, due, mailbox.HeldUntil, mailbox.LeaseId?.ToArray(), mailbox.LeasedUntil, mailbox.LeasedCount,
            mailbox.MessageCount, mailbox.ByteCount);
        session.Effects.NoteDue(due);
    }

    // The head is nearly always free; only behind a refused one the whole mailbox is looked through.
    private static long FirstAttempt(WriteSession session, MailboxState mailbox)
    {
        var head = session.Sql.Scalar<long>(HeadAttempt, mailbox.AccountId);
        return head <= session.Now ? head : session.Sql.Scalar<long>(EarliestAttempt, mailbox.AccountId);
    }
}
