using System.Diagnostics;

namespace NymDirectory.Hosting.Calls;

/// <summary>What waits for a call, in the order in which it came. Not thread-safe: <see cref="ItemBatcher{TItem, TOutcome}"/> locks.</summary>
internal sealed class WaitingItems<TItem, TOutcome>(Func<TItem, int> sizeOf, ItemBatcherOptions options)
{
    private readonly Queue<(WaitingItem<TItem, TOutcome> Waiting, int Size)> _items = new();
    private long _bytes;

    public int Count => _items.Count;

    /// <summary>Whether there is enough for a whole list.</summary>
    public bool IsFull => _items.Count >= options.MaxItems || _bytes >= options.MaxBytes;

    /// <summary>For how long the first one has waited.</summary>
    public TimeSpan Age => _items.TryPeek(out var first) ? Stopwatch.GetElapsedTime(first.Waiting.Since) : TimeSpan.Zero;

    public void Add(WaitingItem<TItem, TOutcome> waiting)
    {
        var size = sizeOf(waiting.Item);
        _items.Enqueue((waiting, size));
        _bytes += size;
    }

    /// <summary>Takes the next list out, without those that nobody waits for any more; null when there is none.</summary>
    public List<WaitingItem<TItem, TOutcome>>? Take(SemaphoreSlim room)
    {
        var list = new List<WaitingItem<TItem, TOutcome>>(Math.Min(_items.Count, options.MaxItems));
        var bytes = 0;
        var taken = 0;
        while (list.Count < options.MaxItems && _items.TryPeek(out var next) && (list.Count == 0 || bytes + next.Size <= options.MaxBytes))
        {
            _items.Dequeue();
            _bytes -= next.Size;
            taken++;
            if (!next.Waiting.Cancellation.IsCancellationRequested)
            {
                list.Add(next.Waiting);
                bytes += next.Size;
            }
        }

        if (taken > 0)
        {
            room.Release(taken);
        }

        return list.Count > 0 ? list : null;
    }
}
