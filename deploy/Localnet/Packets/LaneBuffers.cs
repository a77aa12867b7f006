namespace NymDirectory.Localnet.Packets;

/// <summary>
/// What waits for its slot in the output, lane by lane, served in turn. The length that a lane reports is nym-client's weak one: it is only
/// brought up to date
/// when a packet of the lane leaves.
/// </summary>
internal sealed class LaneBuffers(TimeProvider time)
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Lane> _lanes = [];
    private readonly Lane _general = new(time.GetTimestamp());
    private readonly Queue<Lane> _turns = new();

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _turns.Count == 0;
            }
        }
    }

    /// <summary>Puts a message at the end of its lane.</summary>
    public void Add(OutgoingMessage message)
    {
        lock (_gate)
        {
            var lane = message.Lane is { } id ? Find(id) : _general;
            lane.LastAdded = time.GetTimestamp();
            lane.Waiting.Enqueue(message);
            lane.Packets += message.Packets;
            if (lane.Waiting.Count == 1)
            {
                _turns.Enqueue(lane);
            }
        }
    }

    /// <summary>Sends one packet of the lane whose turn it is. The message comes back when that was its last packet.</summary>
    public OutgoingMessage? TakePacket()
    {
        lock (_gate)
        {
            if (!_turns.TryDequeue(out var lane))
            {
                return null;
            }

            var message = lane.TakePacket();
            if (lane.Waiting.Count > 0)
            {
                _turns.Enqueue(lane);
            }

            return message;
        }
    }

    /// <summary>The length that the lane reports.</summary>
    public int ReportedLength(ulong id)
    {
        lock (_gate)
        {
            return _lanes.TryGetValue(id, out var lane) ? lane.Reported : 0;
        }
    }

    /// <summary>Throws away what waits in the lane.</summary>
    public void Close(ulong id)
    {
        lock (_gate)
        {
            if (_lanes.Remove(id, out var lane))
            {
                RemoveTurn(lane);
            }
        }
    }

    /// <summary>Throws away the lanes that got no new message for ten minutes, and says which.</summary>
    public IReadOnlyList<ulong> CloseIdle()
    {
        lock (_gate)
        {
            var idle = _lanes.Where(lane => time.GetElapsedTime(lane.Value.LastAdded) >= IdleLimit).Select(lane => lane.Key).ToList();
            idle.ForEach(Close);
            return idle;
        }
    }

    private Lane Find(ulong id)
    {
        if (!_lanes.TryGetValue(id, out var lane))
        {
            _lanes[id] = lane = new Lane(time.GetTimestamp());
        }

        return lane;
    }

    private void RemoveTurn(Lane closed)
    {
        for (var left = _turns.Count; left > 0; left--)
        {
            var lane = _turns.Dequeue();
            if (lane != closed)
            {
                _turns.Enqueue(lane);
            }
        }
    }

    private sealed class Lane(long lastAdded)
    {
        private int _sentOfFirst;

        public Queue<OutgoingMessage> Waiting { get; } = new();

        public long LastAdded { get; set; } = lastAdded;

        public int Packets { get; set; }

        public int Reported { get; private set; }

        public OutgoingMessage? TakePacket()
        {
            Reported = --Packets;
            if (++_sentOfFirst < Waiting.Peek().Packets)
            {
                return null;
            }

            _sentOfFirst = 0;
            return Waiting.Dequeue();
        }
    }
}
