namespace NymDirectory.DirectoryService.Gateways;

/// <summary>
/// The gateways (few) in memory, so that whether a route is live costs no query. Used by the commit thread alone, and always what the
/// database says.
/// </summary>
internal sealed class GatewayBook
{
    private readonly Dictionary<GatewayId, AttachedGateway> _gateways = [];

    public AttachedGateway? Find(GatewayId id) => _gateways.GetValueOrDefault(id);

    public void Set(GatewayId id, AttachedGateway gateway) => _gateways[id] = gateway;

    public void Replace(IEnumerable<KeyValuePair<GatewayId, AttachedGateway>> gateways)
    {
        _gateways.Clear();
        foreach (var (id, gateway) in gateways)
        {
            _gateways.Add(id, gateway);
        }
    }

    /// <summary>
    /// When a gateway was heard of last, as its lease tells; never later than the last commit, and a few seconds earlier while gateways are
    /// there. Unix milliseconds.
    /// </summary>
    public long LastHeard => _gateways.Values.Select(gateway => gateway.Holder is null ? gateway.LeaseUntil : gateway.LeaseUntil - GatewayLease.Milliseconds)
        .DefaultIfEmpty().Max();

    public bool IsLive(ReturnRoute? route, long now) =>
        route is { } known && Find(known.Gateway)?.LiveRun(now) == known.Run;

    /// <summary>Whether some gateway's nym-client is (as far as known) still in that run, attached or not.</summary>
    public bool IsPresentRun(RunId run) => _gateways.Values.Any(gateway => gateway.Run == run);
}
