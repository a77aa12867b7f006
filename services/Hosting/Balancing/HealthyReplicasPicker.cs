using Grpc.Net.Client.Balancer;

namespace NymDirectory.Hosting.Balancing;

/// <summary>Takes the replicas in turn, those first that answer.</summary>
internal sealed class HealthyReplicasPicker(IReadOnlyList<(Subchannel Subchannel, ReplicaHealth Health)> replicas, int first) : SubchannelPicker
{
    private int _turn = first;

    /// <inheritdoc/>
    public override PickResult Pick(PickContext context)
    {
        if (replicas.Count == 1)
        {
            return PickResult.ForSubchannel(replicas[0].Subchannel);
        }

        var turn = (uint)Interlocked.Increment(ref _turn);
        var (subchannel, health) = Choose(turn);
        return PickResult.ForSubchannel(subchannel, new ReplicaCall(health));
    }

    // In turn among the healthy ones, not the next after a sick one: that would do the work of two. When none is healthy it may well be
    // what they all wait for that hangs, so none is passed by.
    private (Subchannel Subchannel, ReplicaHealth Health) Choose(uint turn)
    {
        Span<int> healthy = replicas.Count <= 64 ? stackalloc int[replicas.Count] : new int[replicas.Count];
        var count = 0;
        for (var i = 0; i < replicas.Count; i++)
        {
            if (replicas[i].Health.MayBeCalled)
            {
                healthy[count++] = i;
            }
        }

        return count == 0 ? replicas[(int)(turn % (uint)replicas.Count)] : replicas[healthy[(int)(turn % (uint)count)]];
    }
}
