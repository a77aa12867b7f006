namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>The blocks of one tag and the replies that wait for more. Guarded by its <see cref="ReplyDispatcher"/>.</summary>
internal sealed class TagStock(DateTimeOffset lastReceived)
{
    private readonly Queue<ReplyBlock> _blocks = new();
    private readonly Queue<PendingReply> _pending = new();

    /// <summary>The blocks, oldest first.</summary>
    public IReadOnlyCollection<ReplyBlock> Blocks => _blocks;

    /// <summary>When the last blocks came.</summary>
    public DateTimeOffset LastReceived { get; private set; } = lastReceived;

    /// <summary>Since when it has been short; null: it is not.</summary>
    public DateTimeOffset? ShortSince { get; private set; }

    /// <summary>How often blocks were asked for again while it was short.</summary>
    public int AskedAgain { get; set; }

    /// <summary>How many blocks were asked for and have not come.</summary>
    public int Expected { get; set; }

    /// <summary>Whether replies wait.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>How many blocks the waiting replies lack.</summary>
    public int Lacking => _pending.Sum(reply => reply.Lacking);

    /// <summary>New blocks came.</summary>
    public void Add(IEnumerable<ReplyBlock> blocks, DateTimeOffset now)
    {
        var before = _blocks.Count;
        foreach (var block in blocks)
        {
            _blocks.Enqueue(block);
        }

        if (_blocks.Count > before)
        {
            LastReceived = now;
            AskedAgain = 0;
            Expected = Math.Max(0, Expected - (_blocks.Count - before));
        }
    }

    /// <summary>A reply goes behind those that wait already.</summary>
    public void AddPending(PendingReply reply, DateTimeOffset now)
    {
        _pending.Enqueue(reply);
        ShortSince ??= now;
    }

    /// <summary>
    /// Gives the waiting replies what is there beyond the held-back blocks; returns the first one if it has all it needs.
    /// </summary>
    public PendingReply? TakeReady(int heldBack)
    {
        if (!_pending.TryPeek(out var reply))
        {
            return null;
        }

        while (reply.Lacking > 0 && _blocks.Count > heldBack)
        {
            reply.Give(_blocks.Dequeue());
        }

        if (reply.Lacking > 0)
        {
            return null;
        }

        _pending.Dequeue();
        ShortSince = HasPending ? ShortSince : null;
        return reply;
    }

    /// <summary>Takes a block even of those held back, to ask for more.</summary>
    public bool TryTakeLast(out ReplyBlock block) => _blocks.TryDequeue(out block);

    /// <summary>How much waits on a lane, in packets.</summary>
    public int LackingOn(ulong lane) => _pending.Where(reply => reply.Lane == lane).Sum(reply => reply.Lacking);

    /// <summary>Throws away all waiting replies and says how many; what blocks they had are spent.</summary>
    public int DropPending()
    {
        var dropped = _pending.Count;
        _pending.Clear();
        (ShortSince, AskedAgain, Expected) = (null, 0, 0);
        return dropped;
    }
}
