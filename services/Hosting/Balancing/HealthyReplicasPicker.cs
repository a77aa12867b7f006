using Grpc.Net.Client.Balancer;

namespace NymDirectory.Hosting.Balancing;

/// <summary>
/// Takes the replica that has the fewest calls under way, of those that answer; in turn where that is the same. By turns alone a replica that
/// was given longer lists, or is slower, piles up work while others have none.
/// </summary>
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

    // In turn among the best ones, not the next after a sick one: that would do the work of two. When none is healthy it may well be
    // what they all wait for that hangs, so none is passed by.
    private (Subchannel Subchannel, ReplicaHealth Health) Choose(uint turn)
    {
        Span<int> best = replicas.Count <= 64 ? stackalloc int[replicas.Count] : new int[replicas.Count];
        var (count, fewest) = (0, int.MaxValue);
        for (var i = 0; i < replicas.Count; i++)
        {
            var health = replicas[i].Health;
            var underWay = health.UnderWay;
            if (underWay > fewest || !health.MayBeCalled)
            {
                continue;
            }

            count = underWay < fewest ? 0 : count;
            fewest = underWay;
            best[count++] = i;
        }

        return count == 0 ? replicas[(int)(turn % (uint)replicas.Count)] : replicas[best[(int)(turn % (uint)count)]];
    }
}
