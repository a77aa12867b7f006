using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Measuring;

/// <summary>Cuts the timed part out of a run of traffic.</summary>
internal static class Measurement
{
    // The traffic gets back to speed after the pause for signing.
    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(1);

    // A steady rate begins slowly: in its first second a node that still compiles everything would drop what it later takes with ease.
    // Parts of the rate, for a quarter of the warm-up each.
    private static readonly double[] Ramp = [0.25, 0.5, 1, 1];

    // Of the operations that the warm-up lets expect when there is no rate, so many more are prepared.
    private const double Surplus = 1.25;

    private const int MostPrepared = 300_000;

    /// <summary>Warms up, prepares, measures, waits for what is in flight.</summary>
    public static LoadReport Run(NodeUnderLoad node, Workload workload, Pace pace, TimeSpan warmUp, TimeSpan duration)
    {
        var floor = CryptographicFloor.Measure();
        var traffic = new Traffic(workload, node.Crowd, node.Hub, pace);
        workload.Prepare(0, (int)(warmUp.TotalSeconds * ((pace.PerSecond * Ramp.Average()) ?? (pace.InFlight * 10))));
        foreach (var part in Ramp)
        {
            traffic.Run(warmUp / Ramp.Length, part);
        }

        var expected = pace.PerSecond ?? (traffic.Counts.Completed.Count / Math.Max(1, warmUp.TotalSeconds) * Surplus);
        traffic.Drain();
        workload.Prepare(traffic.Begun, (int)Math.Min(MostPrepared, expected * (LeadIn + duration).TotalSeconds));
        // Once before it counts: what reads the processes is compiled meanwhile (15 ms), not while the first timed operations are due.
        _ = Window.Open(node, traffic.Counts);
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
