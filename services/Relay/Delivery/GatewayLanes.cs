using Microsoft.Extensions.Options;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Relay.Delivery;

/// <summary>One lane for each gateway, a bounded number of them; a gateway that hangs holds up nobody else's.</summary>
internal sealed class GatewayLanes(
    DeliveryLedger ledger, DeliveryCall call, ServiceChannels channels, IOptions<DeliveryOptions> options, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, GatewayLane> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _abort = new();
    private bool _stopping;

    /// <summary>How many gateways are known.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Count;
            }
        }
    }

    /// <summary>Hands a consignment to its gateway's lane; why not, when it cannot be.</summary>
    public DeliveryOutcome? TryAdd(Consignment consignment)
    {
        if (!ServiceChannels.IsAddress(consignment.Endpoint))
        {
            return DeliveryOutcome.BadEndpoint;
        }

        lock (_gate)
        {
            if (_stopping)
            {
                return DeliveryOutcome.Stopping;
            }

            return LaneFor(consignment.Endpoint)?.TryAdd(consignment) ?? false ? null : DeliveryOutcome.NoRoom;
        }
    }

    /// <summary>Takes nothing more and ends when all that is held was sent; once the token is cancelled, without the rest.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (_gate)
        {
            _stopping = true;
            all = Task.WhenAll(_lanes.Values.Select(lane => lane.Running));
        }

        await using var abort = cancellationToken.Register(_abort.Cancel);
        await all;
    }

    /// <inheritdoc/>
    public void Dispose() => _abort.Dispose();

    private GatewayLane? LaneFor(string endpoint)
    {
        if (_lanes.TryGetValue(endpoint, out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= options.Value.MaxGateways && !ForgetOne())
        {
            return null;
        }

        lane = new GatewayLane(endpoint, ledger, call, options.Value, time, _abort.Token);
        _lanes.Add(endpoint, lane);
        return lane;
    }

    /// <summary>Gateways come and go over the months of a Relay's life: the one longest without work makes room, with its connection.</summary>
    private bool ForgetOne()
    {
        var idle = _lanes.Where(entry => entry.Value.IsIdle).Select(entry => entry.Key).ToList();
        if (idle.MinBy(endpoint => _lanes[endpoint].LastUsed) is not { } endpoint)
        {
            return false;
        }

        _lanes.Remove(endpoint);
        channels.Forget(endpoint);
        return true;
    }
}
