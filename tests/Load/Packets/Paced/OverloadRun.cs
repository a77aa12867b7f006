using NymDirectory.Load.Node;
using NymDirectory.Load.Packets.Envelopes;

namespace NymDirectory.Load.Packets.Paced;

/// <summary>Offers a paced node twice of what its packets carry, while others look somebody up, and sees it to the end.</summary>
internal static class OverloadRun
{
    private const double Times = 2;

    // Users who send nothing: what they ask is somebody else's.
    private const int Askers = 40;

    public static async Task<Overload> RunAsync(PacketsSettings settings, int characters, CancellationToken cancellationToken)
    {
        await using var node = await NodeUnderLoad.StartAsync(CapacityRun.NodeOf(settings, gateways: 1, fastMode: false), cancellationToken);
        node.Populate(settings.Users + Askers);
        await node.PaceAsync(PacedNode.PacketsPerSecond, cancellationToken);
        var computed = MessageCost.Measure(characters).PerSecond(PacedNode.PacketsPerSecond);
        var traffic = new OverloadTraffic(node.Crowd, node.Hub, settings.Users, characters, Times * computed);
        traffic.Prepare(settings.Duration);
        await using var health = HealthWatch.Start(node.Health().Values);
        await Task.Run(() => traffic.Offer(settings.Duration), cancellationToken);
        var (checks, failures, healthAnswered) = await health.StopAsync();
        var (offered, acceptedMeanwhile, packets) = (traffic.Offered, traffic.Accepted, traffic.Packets);
        var drained = await Task.Run(traffic.Drain, cancellationToken);
        return new Overload
        {
            Characters = characters,
            OfferedPerSecond = Times * computed,
            ComputedPerSecond = computed,
            Seconds = settings.Duration.TotalSeconds,
            Offered = offered,
            AcceptedPerSecond = acceptedMeanwhile / settings.Duration.TotalSeconds,
            PacketsPerSecond = packets / settings.Duration.TotalSeconds,
            Answered = traffic.AnsweredByQuarter(),
            AcceptedToDelivered = traffic.AcceptedToDelivered(),
            Queries = traffic.Queries,
            QueriesAnswered = traffic.QueriesAnswered.Count,
            QueryAnswered = traffic.QueriesAnswered.Between(0, traffic.QueriesAnswered.Count),
            HealthChecks = checks,
            HealthFailures = failures,
            HealthAnswered = healthAnswered,
            DrainSeconds = drained.TotalSeconds,
            Accepted = traffic.Accepted,
            Refused = traffic.Refused,
            Unanswered = traffic.Offered - traffic.Accepted - traffic.Refused,
            Lost = traffic.Lost,
            Repeated = traffic.Repeated,
        };
    }
}
