using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Measuring;

/// <summary>Cuts the timed part out of a run of traffic.</summary>
internal static class Measurement
{
    // The traffic gets back to speed after the pause for signing.
    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(1);

    // A steady rate begins slowly: in its first second a node that still compiles everything would drop what it later takes with ease. Each for a quarter of the warm-up.
    private static readonly double[] Ramp = [0.25, 0.5];

    // Of the operations that the warm-up lets expect, so many more are prepared.
    private const double Surplus = 1.25;

    private const int MostPrepared = 300_000;

    /// <summary>Warms up, prepares, measures, waits for what is in flight.</summary>
    public static LoadReport Run(NodeUnderLoad node, Workload workload, Pace pace, TimeSpan warmUp, TimeSpan duration)
    {
        var floor = CryptographicFloor.Measure();
        var traffic = new Traffic(workload, node.Crowd, node.Hub, pace);
        workload.Prepare(0, (int)(warmUp.TotalSeconds * (pace.PerSecond ?? pace.InFlight * 10)));
        var full = warmUp;
        foreach (var part in pace.PerSecond is null ? [] : Ramp)
        {
            traffic.Run(warmUp / 4, part);
            full -= warmUp / 4;
        }

        traffic.Run(full);
        var rate = pace.PerSecond ?? traffic.Counts.Completed.Count / Math.Max(1, warmUp.TotalSeconds);
        traffic.Drain();
        workload.Prepare(traffic.Begun, (int)Math.Min(MostPrepared, rate * Surplus * (LeadIn + duration).TotalSeconds));
        GC.Collect();
        traffic.Run(LeadIn);
        var window = Window.Open(node, traffic.Counts);
        traffic.Run(duration);
        var seen = window.Close(node, traffic.Counts);
        traffic.Drain();
        return new LoadReport
        {
            Operation = workload.Name,
            Node = node.Settings,
            Users = node.Crowd.Count,
            Pace = pace,
            Floor = CryptographicFloor.Mean(floor, CryptographicFloor.Measure()),
            FloorShare = workload.Floor,
            Window = seen,
            Begun = traffic.Begun,
            Completed = traffic.Counts.Completed.Count,
            Refused = traffic.Counts.Refused,
            Repeated = traffic.Counts.Repeated,
            SignedLate = (workload as SendWorkload)?.SignedLate ?? 0,
            BlocksAskedFor = traffic.Counts.BlocksAskedFor,
        };
    }
}
