using System.Diagnostics.CodeAnalysis;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>
/// What one tag has sent and is not handled yet, in order: first what has a place, then what waits for one of the tag's own. Not thread-safe:
/// <see cref="TagLanes"/> locks.
/// </summary>
internal sealed class TagLane
{
    /// <summary>The most that waits without a place. A client has a handful of requests under way; this is for floods.</summary>
    public const int MaxWaiting = 2_048;

    /// <summary>The most bytes that wait without a place. As only tags with a full share have such, all of them together are few times this.</summary>
    public const int MaxWaitingBytes = 4 * 1024 * 1024;

    private readonly Queue<Func<Task>> _placed = new();
    private readonly Queue<(Func<Task> Work, int Bytes)> _waiting = new();
    private int _waitingBytes;

    /// <summary>Places that it has, with that of the work that runs.</summary>
    public int Places { get; private set; }

    public void AddWithPlace(Func<Task> work)
    {
        _placed.Enqueue(work);
        Places++;
    }

    /// <summary>False when too much waits already.</summary>
    public bool TryAddWithoutPlace(Func<Task> work, int bytes)
    {
        if (_waiting.Count >= MaxWaiting || _waitingBytes + bytes > MaxWaitingBytes)
        {
            return false;
        }

        _waiting.Enqueue((work, bytes));
        _waitingBytes += bytes;
        return true;
    }

    public bool TryTake([NotNullWhen(true)] out Func<Task>? work) => _placed.TryDequeue(out work);

    /// <summary>Some work has ended: the first that waits gets its place. True: nothing waits, and the place is free.</summary>
    public bool Leave()
    {
        if (_waiting.TryDequeue(out var next))
        {
            _placed.Enqueue(next.Work);
            _waitingBytes -= next.Bytes;
            return false;
        }

        Places--;
        return true;
    }
}
