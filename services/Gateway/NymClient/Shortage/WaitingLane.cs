namespace NymDirectory.Gateway.NymClient.Shortage;

/// <summary>
/// The replies on one tag's lane that nym-client has and that are not yet reported as taken, oldest first. Not thread-safe: <see cref="LaneWatch"/> locks.
/// </summary>
internal sealed class WaitingLane(RunId run, TimeProvider time, TimeSpan confirmation)
{
    private readonly Queue<Waiting> _replies = new();
    private bool _short;
    private bool _alive;
    private long _progress;
    private long _added;
    private ulong _length;

    /// <summary>The run in which they were handed over; in another one the lane is not there.</summary>
    public RunId Run => run;

    public int Count => _replies.Count;

    /// <summary>nym-client answered for one more, and said so much of the lane.</summary>
    /// <param name="entry">What it answered for.</param>
    /// <param name="length">Packets that wait.</param>
    /// <param name="heard">When the tag's owner was heard of last, or may have been.</param>
    public void Add(OutboxEntry entry, ulong length, long heard)
    {
        _added = time.GetTimestamp();
        _replies.Enqueue(new Waiting(entry, LaneRules.Packets(entry.Reply.Message.Length), _added));
        entry.DropContent();
        if (length > 0 && !_short)
        {
            BecomeShort(heard);
        }

        _length = Math.Max(_length, length);
    }

    /// <summary>What nym-client said when it was asked for the lane's length. Those whose fate is known now leave.</summary>
    /// <param name="length">Packets that wait.</param>
    /// <param name="asked">When it was asked.</param>
    /// <param name="heard">When the tag's owner was heard of last, or may have been.</param>
    public IReadOnlyList<(OutboxEntry Entry, ReplyFate Fate)> Measure(ulong length, long asked, long heard)
    {
        NoteProgress(length, heard);
        if (length == 0)
        {
            var fate = _short ? LaneRules.Emptied(_alive, time.GetElapsedTime(_progress)) : ReplyFate.Taken;
            (_short, _length) = (false, 0);
            // What nym-client dropped it dropped with all that had come by then, however short before.
            return TakeWhile(
                reply => (fate == ReplyFate.Unsent && reply.Added <= asked) || time.GetElapsedTime(reply.Added, asked) >= confirmation, fate);
        }

        if (!_short)
        {
            BecomeShort(heard);
        }

        _length = length;
        if (time.GetElapsedTime(_progress) >= LaneRules.LongestWait)
        {
            return TakeAll(ReplyFate.Unsent);
        }

        return time.GetElapsedTime(_added, asked) >= confirmation ? TakeThoseThatLeft(length) : [];
    }

    /// <summary>All of them, whatever is known.</summary>
    public IReadOnlyList<(OutboxEntry Entry, ReplyFate Fate)> TakeAll(ReplyFate fate) => TakeWhile(_ => true, fate);

    private void BecomeShort(long heard)
    {
        (_short, _progress) = (true, time.GetTimestamp());
        _alive = LaneRules.CountsOn(time.GetElapsedTime(heard));
    }

    private void NoteProgress(ulong length, long heard)
    {
        if (!_short)
        {
            return;
        }

        bool moved = length > 0 && length < _length;
        if (moved || heard > _progress)
        {
            _alive = true;
            _progress = moved ? time.GetTimestamp() : heard;
        }
    }

    // A lane is first in, first out: what waits are its newest packets.
    private List<(OutboxEntry Entry, ReplyFate Fate)> TakeThoseThatLeft(ulong length)
    {
        long left = _replies.Sum(reply => reply.Packets) - (long)Math.Min(length, int.MaxValue);
        return TakeWhile(reply => (left -= reply.Packets) >= 0, ReplyFate.Taken);
    }

    private List<(OutboxEntry Entry, ReplyFate Fate)> TakeWhile(Func<Waiting, bool> condition, ReplyFate fate)
    {
        var taken = new List<(OutboxEntry, ReplyFate)>();
        while (_replies.TryPeek(out var reply) && condition(reply))
        {
            taken.Add((_replies.Dequeue().Entry, fate));
        }

        return taken;
    }

    private readonly record struct Waiting(OutboxEntry Entry, int Packets, long Added);
}
