using NymDirectory.Load.Crowds;
using NymDirectory.Load.Node;
using NymDirectory.Load.Packets.Envelopes;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Packets.Paced;

/// <summary>Keeps more messages in flight than nym-client's output lets through, and counts what comes out.</summary>
internal static class CapacityRun
{
    /// <summary>Packets a second that nym-client sends by default.</summary>
    public const double Pace = 50;

    /// <summary>By so much <c>--fastmode</c> is faster.</summary>
    public const double FastFactor = 5;

    // More than the Gateway hands over unanswered, and what nym-client itself holds.
    private const int InFlightEach = 120;

    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(10);

    public static async Task<Capacity> RunAsync(
        PacketsSettings settings, int gateways, bool fastMode, int characters, CancellationToken cancellationToken)
    {
        await using var node = await NodeUnderLoad.StartAsync(NodeOf(settings, gateways, fastMode), cancellationToken);
        node.Populate(settings.Users * gateways);
        await node.PaceAsync(Pace, cancellationToken);
        var inFlight = InFlightEach * gateways * (fastMode ? 2 : 1);
        var workload = new SendWorkload(node.Crowd, node.Hub, characters);
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
            Gateways = gateways,
            FastMode = fastMode,
            Characters = characters,
            Users = node.Crowd.Count,
            Seconds = seconds,
            MessagesPerSecond = completed / seconds,
            ComputedPerSecond = MessageCost.Measure(characters).PerSecond(Pace * (fastMode ? FastFactor : 1) * gateways),
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
