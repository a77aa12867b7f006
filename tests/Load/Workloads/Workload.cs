using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;

namespace NymDirectory.Load.Workloads;

/// <summary>One kind of operation: how it begins, what answers mean, and when it is complete. Used by one thread.</summary>
internal abstract class Workload(Crowd crowd, HubSocket hub)
{
    /// <summary>What people call it.</summary>
    public abstract string Name { get; }

    /// <summary>Signature checks and signatures that no node could do without, for each operation.</summary>
    public abstract FloorShare Floor { get; }

    protected Crowd Crowd => crowd;

    protected HubSocket Hub => hub;

    /// <summary>Makes beforehand what these operations need; any number of times.</summary>
    public abstract void Prepare(int first, int count);

    /// <summary>Queues the first request of an operation; operations begin in the order of their numbers.</summary>
    public abstract void Begin(int operation);

    /// <summary>Takes an answer, and says what it means for which operation.</summary>
    public abstract Progress Take(int user, ReadOnlySpan<byte> answer);
}
