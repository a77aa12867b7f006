using Grpc.Net.Client.Balancer;

namespace NymDirectory.Hosting.Balancing;

/// <summary>Makes <see cref="HealthyReplicasBalancer"/>s for channels whose service configuration asks for <see cref="PolicyName"/>.</summary>
internal sealed class HealthyReplicasFactory(TimeProvider clock) : LoadBalancerFactory
{
    internal const string PolicyName = "healthy_replicas";

    /// <inheritdoc/>
    public override string Name => PolicyName;

    /// <inheritdoc/>
    public override LoadBalancer Create(LoadBalancerOptions options) => new HealthyReplicasBalancer(options.Controller, options.LoggerFactory, clock);
}
