using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Workloads;

/// <summary>What came of the operations so far.</summary>
internal sealed class TrafficCounts
{
    /// <summary>From the beginning to the final answer.</summary>
    public Latencies Answered { get; } = new();

    /// <summary>From the beginning until everything had happened.</summary>
    public Latencies Completed { get; } = new();

    public int Refused { get; set; }

    /// <summary>Messages that came more than once.</summary>
    public int Repeated { get; set; }

    /// <summary>How often nym-client ran short of reply blocks: the crowd attaches too few.</summary>
    public int BlocksAskedFor { get; set; }

    /// <summary>Packets that the node's nym-clients sent.</summary>
    public long Packets { get; set; }

    public int Ended => Completed.Count + Refused;
}
