using System.Diagnostics.CodeAnalysis;

namespace NymDirectory.Gateway.NymClient;

/// <summary>
/// One bounded queue of replies, first in, first out, also for those who wait for room. Not thread-safe: <see cref="Outbox"/> locks.
/// </summary>
internal sealed class OutboxLane(int maxEntries, long maxBytes)
{
    private readonly Queue<OutboxEntry> _entries = new();
    private readonly LinkedList<(OutboxEntry Entry, TaskCompletionSource Room)> _waiting = new();
    private long _bytes;

    public int Count => _entries.Count;

    public bool TryAdd(OutboxEntry entry)
    {
        if (_waiting.Count > 0 || !Fits(entry))
        {
            return false;
        }

        Enqueue(entry);
        return true;
    }

    /// <summary>Queues up for room; the source is set when the entry is in.</summary>
    public LinkedListNode<(OutboxEntry Entry, TaskCompletionSource Room)> WaitForRoom(OutboxEntry entry) =>
        _waiting.AddLast((entry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));

    /// <summary>Leaves the queue for room; false when it is in already. Those behind may fit now.</summary>
    public bool StopWaiting(LinkedListNode<(OutboxEntry Entry, TaskCompletionSource Room)> node)
    {
        if (node.List is null)
        {
            return false;
        }

        _waiting.Remove(node);
        LetIn();
        return true;
    }

    public bool TryTake([NotNullWhen(true)] out OutboxEntry? entry)
    {
        if (!_entries.TryDequeue(out entry))
        {
            return false;
        }

        _bytes -= entry.Reply.Message.Length;
        LetIn();
        return true;
    }

    /// <summary>Takes out what matches, and leaves the order of the others.</summary>
    public IReadOnlyList<OutboxEntry> TakeWhere(Func<OutboxEntry, bool> matches)
    {
        var taken = new List<OutboxEntry>();
        for (int left = _entries.Count; left > 0; left--)
        {
            var entry = _entries.Dequeue();
            _bytes -= entry.Reply.Message.Length;
            if (matches(entry))
            {
                taken.Add(entry);
            }
            else
            {
                Enqueue(entry);
            }
        }

        LetIn();
        return taken;
    }

    // An entry over the whole bound goes alone, or it would wait for ever.
    private bool Fits(OutboxEntry entry) =>
        _entries.Count == 0 || (_entries.Count < maxEntries && _bytes + entry.Reply.Message.Length <= maxBytes);

    private void Enqueue(OutboxEntry entry)
    {
        _entries.Enqueue(entry);
        _bytes += entry.Reply.Message.Length;
    }

    private void LetIn()
    {
        while (_waiting.First is { } first && Fits(first.Value.Entry))
        {
            _waiting.RemoveFirst();
            Enqueue(first.Value.Entry);
            first.Value.Room.SetResult();
        }
    }
}
