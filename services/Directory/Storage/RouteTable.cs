using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>The route columns of accounts.</summary>
internal static class RouteTable
{
    private const string EndOthersOfTag = """
        UPDATE accounts SET route_gateway = NULL, route_run = NULL, route_tag = NULL
        WHERE route_gateway = $1 AND route_tag = $2 AND id <> $3
        """;

    private const string Move = """
        UPDATE accounts SET route_gateway = $2, route_run = $3, route_tag = $4, features = $5, last_login_day = $6 WHERE id = $1
        """;

    private const string MoveToRun = "UPDATE accounts SET route_run = $2 WHERE id = $1";

    internal const string MailboxesOfTag =
        $"SELECT {MailboxTable.Columns} FROM accounts a JOIN mailboxes b ON b.account_id = a.id "
        + "WHERE a.route_gateway = $1 AND a.route_tag = $2";

    internal const string KeptOnTag =
        "SELECT b.taken_count, b.probes, b.retry_at, a.route_run = zeroblob(16) FROM accounts a JOIN mailboxes b ON b.account_id = a.id "
        + "WHERE a.route_gateway = $1 AND a.route_tag = $2 AND (b.taken_count > 0 OR b.probes > 0 OR a.route_run = zeroblob(16)) LIMIT 1";

    private const string AccountsOf =
        "SELECT id FROM accounts WHERE route_gateway = $1 AND route_tag = $2 AND route_run = $3";

    // The index on (gateway, run) makes this as long as the list of users of that run, not of all users.
    private const string WakeRun = """
        UPDATE mailboxes SET due_at = MAX(held_until, $3)
        WHERE due_at IS NULL AND message_count > 0
            AND account_id IN (SELECT id FROM accounts WHERE route_gateway = $1 AND route_run = $2)
        """;

    /// <summary>A client shows one user at a time: whoever else was on that tag is there no longer.</summary>
    public static void EndOthers(WriteSession session, ReturnRoute route, long account) =>
        session.Sql.Execute(EndOthersOfTag, route.Gateway.Value, route.Tag.Value.ToArray(), account);

    public static void LogIn(WriteSession session, long account, ReturnRoute route, AccountFeatures features) => session.Sql.Execute(
        Move, account, route.Gateway.Value, route.Run.Value.ToArray(), route.Tag.Value.ToArray(), (int)features, session.Today);

    public static void Renew(WriteSession session, long account, RunId run) =>
        session.Sql.Execute(MoveToRun, account, run.Value.ToArray());

    /// <summary>The route leads nowhere until it is renewed.</summary>
    public static ReturnRoute EndRun(WriteSession session, long account, ReturnRoute route)
    {
        Renew(session, account, RunId.None);
        return route with { Run = RunId.None };
    }

    /// <summary>
    /// A sign of life on a tag whose route ended because nym-client had no reply blocks for it: it brought some, so what waits may flow.
    /// </summary>
    public static void ReviveEnded(WriteSession session, MailboxState mailbox, ReturnRoute arrival)
    {
        if (mailbox.Route is { } route && route.Run == RunId.None && session.Gateways.Find(arrival.Gateway)?.Run == arrival.Run)
        {
            Renew(session, mailbox.AccountId, arrival.Run);
            mailbox.Route = route with { Run = arrival.Run };
            KeptMessages.WakeAll(session, mailbox);
        }
    }

    public static List<long> AccountsOn(WriteSession session, ReturnRoute route) => session.Sql.List(
        AccountsOf, row => row.GetInt64(0), route.Gateway.Value, route.Tag.Value.ToArray(), route.Run.Value.ToArray());

    /// <summary>The mailboxes of whoever is registered on that tag, in whichever run; hardly ever more than one.</summary>
    public static List<MailboxState> MailboxesOn(WriteSession session, ReturnRoute route) =>
        session.Sql.List(MailboxesOfTag, MailboxTable.Read, route.Gateway.Value, route.Tag.Value.ToArray());

    /// <summary>Whether a sign of life on that tag would change anything.</summary>
    public static bool NeedsSignOfLife(Statements sql, ReturnRoute route, long now) => sql.First(
        KeptOnTag,
        row => row.GetBoolean(3) || DeliveryWindow.NeedsSignOfLife(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), now),
        route.Gateway.Value, route.Tag.Value.ToArray());

    /// <summary>The routes of that run are live from now on: what was parked behind them is due.</summary>
    public static void WakeParked(WriteSession session, GatewayId gateway, RunId run)
    {
        if (session.Sql.Execute(WakeRun, gateway.Value, run.Value.ToArray(), session.Now) > 0)
        {
            session.Effects.NoteDue(session.Now);
        }
    }
}
