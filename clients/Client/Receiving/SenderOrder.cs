namespace NymDirectory.Client.Receiving;

/// <summary>
/// Puts the messages of one sender into the order of their numbers. What comes too early is held back until those before it came, or for a bounded time: one that expired at the node
/// never comes. What comes too late is passed on at once. Nothing is dropped here. Not thread-safe.
/// </summary>
/// <param name="position">The last number that was passed on in an earlier run; null: none, so the first one that comes may not be the first.</param>
/// <param name="patience">How long a gap holds up what is behind it.</param>
/// <param name="firstPatience">The same while no number is known, when only overtaking has to be waited for.</param>
/// <param name="time">The clock.</param>
internal sealed class SenderOrder<T>(long? position, TimeSpan patience, TimeSpan firstPatience, TimeProvider time)
{
    // The second part keeps apart what has the same number: a node that lost its own memory counts from one again.
    private readonly SortedList<(long Sequence, long Arrival), (T Item, long Since)> _held = [];
    private long? _next = position + 1;
    private long? _late;
    private long _arrivals;

    /// <summary>How many are held back.</summary>
    public int Held => _held.Count;

    /// <summary>How long until <see cref="Due"/> has something; null: nothing is held back.</summary>
    public TimeSpan? Wait => _held.Count == 0
        ? null
        : TimeSpan.FromTicks(Math.Max(0, _held.Values.Min(held => (Patience - time.GetElapsedTime(held.Since)).Ticks)));

    private TimeSpan Patience => _next is null ? firstPatience : patience;

    /// <summary>Whether one with that number comes after later ones were passed on, and says nothing about where the order stands.</summary>
    public bool IsStraggler(long sequence) => sequence < _next && sequence != _late + 1;

    /// <summary>Takes one in; returns what can be passed on now, in order.</summary>
    public List<T> Take(long sequence, T item)
    {
        if (_next is null && sequence <= 1)
        {
            _next = sequence;
        }

        if (sequence < _next)
        {
            return [item, .. AfterLate(sequence)];
        }

        _held.Add((sequence, _arrivals++), (item, time.GetTimestamp()));
        return Patience <= TimeSpan.Zero ? GiveUp() : PopFollowing();
    }

    /// <summary>What has been held back for long enough, and all before it.</summary>
    public List<T> Due()
    {
        var overdue = _held.Where(held => time.GetElapsedTime(held.Value.Since) >= Patience).ToList();
        return overdue.Count == 0 ? [] : PopUpTo(overdue[^1].Key.Sequence);
    }

    /// <summary>Everything that is held back.</summary>
    public List<T> GiveUp() => _held.Count == 0 ? [] : PopUpTo(_held.Keys[^1].Sequence);

    /// <summary>One late message fills a gap that was given up. Two in a row are the node's numbers beginning again, so they are waited for again, too.</summary>
    private List<T> AfterLate(long sequence)
    {
        if (sequence == _late + 1)
        {
            _next = sequence + 1;
        }

        _late = sequence;
        return PopFollowing();
    }

    private List<T> PopUpTo(long sequence)
    {
        var popped = PopWhile(held => held <= sequence);
        _next = sequence + 1;
        popped.AddRange(PopFollowing());
        return popped;
    }

    private List<T> PopFollowing() => PopWhile(sequence =>
    {
        var follows = sequence <= _next;
        _next = follows ? Math.Max(_next!.Value, sequence + 1) : _next;
        return follows;
    });

    private List<T> PopWhile(Func<long, bool> condition)
    {
        var popped = new List<T>();
        while (_held.Count > 0 && condition(_held.Keys[0].Sequence))
        {
            popped.Add(_held.Values[0].Item);
            _held.RemoveAt(0);
        }

        return popped;
    }
}
