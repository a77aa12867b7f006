using NymDirectory.Load.Crowds;
using NymDirectory.Load.Node;
using NymDirectory.Load.Packets.Envelopes;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Packets.Paced;

/// <summary>Keeps more messages in flight than nym-client's output lets through, and counts what comes out.</summary>
internal static class CapacityRun
{
    // More than the Gateway hands over unanswered, and what nym-client itself holds.
    private const int InFlightEach = 120;

    // One user in ten only reads, when any does: so few that nym-client has to ask for reply blocks within the time.
    private const int ReadersShare = 10;

    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(10);

    public static async Task<Capacity> RunAsync(PacketsSettings settings, PacedNode paced, CancellationToken cancellationToken)
    {
        await using var node = await NodeUnderLoad.StartAsync(NodeOf(settings, paced.Gateways, paced.FastMode), cancellationToken);
        node.Populate(settings.Users * paced.Gateways);
        await node.PaceAsync(PacedNode.PacketsPerSecond, cancellationToken);
        var inFlight = InFlightEach * paced.Gateways * (paced.FastMode ? 2 : 1);
        var writers = paced.ToReaders ? node.Crowd.Count - (node.Crowd.Count / ReadersShare) : node.Crowd.Count;
        var workload = new SendWorkload(node.Crowd, node.Hub, paced.Characters, writers, paced.ToReaders);
        var traffic = new Traffic(workload, node.Crowd, node.Hub, new Pace(inFlight));
        traffic.Run(LeadIn);
        var (completed, packets, asked, start) =
            (traffic.Counts.Completed.Count, traffic.Counts.Packets, traffic.Counts.BlocksAskedFor, TimeProvider.System.GetTimestamp());
        traffic.Run(settings.Duration);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        (completed, packets, asked) =
            (traffic.Counts.Completed.Count - completed, traffic.Counts.Packets - packets, traffic.Counts.BlocksAskedFor - asked);
        traffic.Drain();
        return new Capacity
        {
            Node = paced,
            Users = node.Crowd.Count,
            Seconds = seconds,
            MessagesPerSecond = completed / seconds,
            ComputedPerSecond = MessageCost.Measure(paced.Characters).PerSecond(paced.PacketsInAll, paced.ToReaders),
            PacketsPerSecond = packets / seconds,
            PacketsOfAMessage = (double)packets / Math.Max(1, completed),
            BlocksAskedFor = asked,
            Refused = traffic.Counts.Refused,
            Missing = traffic.Begun - traffic.Counts.Completed.Count - traffic.Counts.Refused,
            Repeated = traffic.Counts.Repeated,
        };
    }

    /// <summary>A node whose users attach as many reply blocks as existing clients do.</summary>
    public static NodeSettings NodeOf(PacketsSettings settings, int gateways, bool fastMode)
    {
        var variables = new Dictionary<string, string>(settings.Variables);
        if (fastMode)
        {
            variables["NymClient__InitArguments"] = "--fastmode";
        }

        return new NodeSettings(Relays: 1, variables, settings.Programs, gateways, BlockSupply.OfExistingClients);
    }
}
