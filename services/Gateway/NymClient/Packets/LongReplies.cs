using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Packets;

/// <summary>
/// nym-client takes one reply for each packet that it sends, however long the reply is. So what replies have beyond their first packet piles up inside of it, without a bound
/// and without showing in the answers that it owes; everything behind it waits, and in the end it looks as if reply blocks were short. This counts those
/// packets and, when there are too many, has the pump wait until enough have left, which only the lengths of their lanes tell.
/// </summary>
internal sealed class LongReplies(TimeProvider time)
{
    private const int AskedAtOnce = 16;
    private const int MostAsked = 64;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    // A lane reads 0 before its first packet leaves, too. After so long it has left.
    private static readonly TimeSpan Begun = TimeSpan.FromSeconds(1);

    // A lane that does not move lacks reply blocks: it holds nobody up, and is not our matter.
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Lane> _lanes = [];
    private readonly PacketWindow _window = new();
    private int _packets;

    /// <summary>Packets beyond replies' first ones that are not known to have left.</summary>
    public int Packets => Volatile.Read(ref _packets);

    /// <summary>Whether nym-client may get more.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return _packets < _window.Size;
            }
        }
    }

    /// <summary>A new connection: what the one before left behind cannot be told from what is new.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _lanes.Clear();
            Count(-_packets);
        }
    }

    /// <summary>A reply goes to nym-client.</summary>
    public void HandedOver(ulong id, int length)
    {
        int beyond = LaneRules.Packets(length) - 1;
        if (beyond == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (!_lanes.TryGetValue(id, out var lane))
            {
                _lanes[id] = lane = new Lane();
            }

            (lane.Packets, lane.Since) = (lane.Packets + beyond, time.GetTimestamp());
            Count(beyond);
        }
    }

    /// <summary>nym-client has answered for a reply: its turn comes from now on.</summary>
    public void Answered(ulong id, int length)
    {
        if (LaneRules.Packets(length) == 1)
        {
            return;
        }

        lock (_gate)
        {
            if (_lanes.TryGetValue(id, out var lane))
            {
                lane.Since = time.GetTimestamp();
            }
        }
    }

    /// <summary>Ends at once as long as few packets wait.</summary>
    public Task WaitForRoomAsync(NymClientSession session, CancellationToken ended) => HasRoom ? Task.CompletedTask : MeasureUntilRoomAsync(session, ended);

    // What left long ago is noticed only here, so the first look is most often enough.
    private async Task MeasureUntilRoomAsync(NymClientSession session, CancellationToken ended)
    {
        for (long? emptyBefore = null; ; await Task.Delay(Glance, time, ended))
        {
            long asked = time.GetTimestamp();
            bool empty = await MeasureAsync(session, asked, ended);
            if (HasRoom)
            {
                return;
            }

            Conclude(empty, emptyBefore);
            if (HasRoom)
            {
                return;
            }

            emptyBefore = empty ? asked : null;
        }
    }

    private void Conclude(bool empty, long? emptyBefore)
    {
        lock (_gate)
        {
            if (!empty)
            {
                _window.WasEnough();
            }
            else if (emptyBefore is { } before)
            {
                // Nothing was on its way, twice: then there is no lane that has not begun, either.
                RemoveWhere(lane => lane.Since <= before);
                _window.WasTooSmall();
            }
        }
    }

    /// <summary>True when nothing waits in any lane that was asked for.</summary>
    private async Task<bool> MeasureAsync(NymClientSession session, long asked, CancellationToken ended)
    {
        bool empty = true;
        foreach (var part in Some().Chunk(AskedAtOnce))
        {
            var lengths = await Task.WhenAll(part.Select(lane => session.RequestAsync(new LaneQueueLengthRequest(lane), ended)));
            foreach (var (id, answer) in part.Zip(lengths))
            {
                ulong length = answer is NymAnswer.Taken taken ? taken.QueueLength : 0;
                empty &= length == 0;
                Measured(id, (int)Math.Min(length, int.MaxValue), asked);
            }
        }

        return empty;
    }

    private ulong[] Some()
    {
        lock (_gate)
        {
            return [.. _lanes.Keys.Take(MostAsked)];
        }
    }

    private void Measured(ulong id, int length, long asked)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(id, out var lane))
            {
                return;
            }

            var age = time.GetElapsedTime(lane.Since, asked);
            bool gone = length == 0 ? lane.Moved || age >= Begun : age >= Stuck;
            int left = gone ? 0 : length == 0 ? lane.Packets : Math.Min(lane.Packets, length);
            Count(left - lane.Packets);
            (lane.Packets, lane.Moved) = (left, length > 0);
            if (left == 0)
            {
                _lanes.Remove(id);
            }
        }
    }

    private void RemoveWhere(Func<Lane, bool> matches)
    {
        foreach (var (id, lane) in _lanes.Where(lane => matches(lane.Value)).ToList())
        {
            _lanes.Remove(id);
            Count(-lane.Packets);
        }
    }

    private void Count(int packets) => Volatile.Write(ref _packets, _packets + packets);

    private sealed class Lane
    {
        public int Packets { get; set; }

        public long Since { get; set; }

        /// <summary>Some of its packets had left and some had not when it was last asked for.</summary>
        public bool Moved { get; set; }
    }
}
