using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Operations;

/// <summary>Gives a lease back; what another holds stays theirs. The run stays known: fates of it may still be reported.</summary>
internal sealed class DetachGateway(GatewayId id, SixteenBytes instance) : WriteOperation<bool>
{
    protected override bool Apply(WriteSession session)
    {
        if (session.Gateways.Find(id) is not { } gateway || gateway.Holder != instance)
        {
            return false;
        }

        var free = gateway with { Holder = null, LeaseUntil = session.Now };
        GatewayTable.Save(session.Sql, id, free);
        session.Gateways.Set(id, free);
        return true;
    }
}
