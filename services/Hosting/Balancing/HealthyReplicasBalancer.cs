using System.Runtime.CompilerServices;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Hosting.Balancing;

/// <summary>
/// Shares calls among all connected replicas (<see cref="HealthyReplicasPicker"/>), and passes by those that do not answer. What is known of a replica outlasts the changes of
/// the set, since with each of them gRPC asks for a new picker.
/// </summary>
internal sealed class HealthyReplicasBalancer(IChannelControlHelper controller, ILoggerFactory loggers, TimeProvider clock)
    : SubchannelsLoadBalancer(controller, loggers)
{
    private readonly ConditionalWeakTable<Subchannel, ReplicaHealth> _health = [];

    /// <inheritdoc/>
    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) => new HealthyReplicasPicker(
        [.. readySubchannels.Select(subchannel => (subchannel, _health.GetValue(subchannel, _ => new ReplicaHealth(clock))))],
        // Clients that start together must not all begin with the same replica.
        Random.Shared.Next(readySubchannels.Count));
}
