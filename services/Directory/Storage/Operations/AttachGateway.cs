using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Takes or renews the lease on a gateway id; the result is what is left of another's lease, or absent when it was taken.</summary>
internal sealed class AttachGateway(GatewayId id, SixteenBytes instance, string endpoint, RunId? run) : WriteOperation<long?>
{
    protected override long? Apply(WriteSession session)
    {
        var before = session.Gateways.Find(id);
        if (before is not null && before.IsHeld(session.Now) && before.Holder != instance)
        {
            return before.LeaseUntil - session.Now;
        }

        var after = new AttachedGateway(endpoint, run, instance, session.Now + GatewayLease.Milliseconds);
        GatewayTable.Save(session.Sql, id, after);
        if (run is { } present && before?.LiveRun(session.Now) != run)
        {
            RouteTable.WakeParked(session, id, present);
        }

        session.Gateways.Set(id, after);
        return null;
    }
}
