namespace NymDirectory.DirectoryService.Gateways;

/// <summary>What is known of one gateway.</summary>
/// <param name="Endpoint">Where Relays reach it.</param>
/// <param name="Run">Its present run; absent while none is known.</param>
/// <param name="Holder">The instance that holds the lease; absent after a detach.</param>
/// <param name="LeaseUntil">Unix milliseconds; of a detach when there is no holder.</param>
internal sealed record AttachedGateway(string Endpoint, RunId? Run, SixteenBytes? Holder, long LeaseUntil)
{
    public bool IsHeld(long now) => Holder is not null && LeaseUntil > now;

    /// <summary>The run whose routes can be answered now.</summary>
    public RunId? LiveRun(long now) => IsHeld(now) ? Run : null;
}
