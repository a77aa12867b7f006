using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// The system's clock was set back: what was to last for seconds would now last for as much longer as it was set back. Nothing lasts
/// longer than it may last from now on; a mailbox that is looked at too early costs a look. Times of single messages are judged when they
/// are read (there may be very many): one that lies too far ahead does not count.
/// </summary>
internal static class ClockStep
{
    private const string ShortenMailboxes = """
        UPDATE mailboxes SET leased_until = MIN(leased_until, $1), held_until = MIN(held_until, $1), due_at = MIN(due_at, $1),
            retry_at = MIN(retry_at, $2)
        WHERE leased_until > $1 OR held_until > $1 OR due_at > $1 OR retry_at > $2
        """;

    private const string ShortenGateways = "UPDATE gateways SET lease_until = $1 WHERE lease_until > $1";

    // While the clock was ahead a gateway's lease looked over, and mailboxes behind it were parked; it renews a lease that never ended, which wakes nobody.
    private const string WakeParked = "UPDATE mailboxes SET due_at = $1 WHERE due_at IS NULL AND message_count > 0";

    public static void Repair(WriteSession session)
    {
        if (session.Sql.Execute(WakeParked, session.Now) > 0)
        {
            session.Effects.NoteDue(session.Now);
        }

        var longest = session.Now + Math.Max(DeliveryPace.Lease, DeliveryPace.LoginFallback);
        var lastProbe = session.Now + DeliveryPace.AfterProbe(DeliveryWindow.MostProbes);
        if (session.Sql.Execute(ShortenMailboxes, longest, lastProbe) > 0)
        {
            session.Effects.NoteDue(longest);
        }

        if (session.Sql.Execute(ShortenGateways, session.Now + GatewayLease.Milliseconds) > 0)
        {
            session.Gateways.Replace(GatewayTable.Load(session.Sql));
        }
    }
}
