using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Requests;

/// <summary>
/// The outcomes of the last minutes by request id: an item that comes again, because its answer got lost, gets the same one, and one
/// that comes twice at once is carried out once. Bounded: beyond that the oldest are forgotten first.
/// </summary>
internal sealed class RecentOutcomes<TOutcome>(TimeProvider time, int capacity = RecentOutcomes<TOutcome>.DefaultCapacity)
{
    private const int DefaultCapacity = 50_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<SixteenBytes, LinkedListNode<Entry>> _byRequest = [];
    private readonly LinkedList<Entry> _byAge = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byRequest.Count;
            }
        }
    }

    public Task<TOutcome> OnceAsync(SixteenBytes request, Func<Task<TOutcome>> carryOut)
    {
        Entry entry;
        lock (_lock)
        {
            Forget();
            if (_byRequest.TryGetValue(request, out var known))
            {
                return known.Value.Outcome.Task;
            }

            entry = new Entry(request, time.GetTimestamp());
            _byRequest.Add(request, _byAge.AddLast(entry));
        }

        _ = CompleteAsync(entry, carryOut);
        return entry.Outcome.Task;
    }

    // Its outcome, failures too, goes to whoever awaits the entry's task; nothing is lost by not awaiting it here.
    private async Task CompleteAsync(Entry entry, Func<Task<TOutcome>> carryOut)
    {
        try
        {
            entry.Outcome.SetResult(await carryOut());
        }
        catch (Exception e)
        {
            // It did not happen: the next try is a first one.
            Remove(entry);
            entry.Outcome.SetException(e);
        }
    }

    private void Remove(Entry entry)
    {
        lock (_lock)
        {
            if (_byRequest.TryGetValue(entry.Request, out var node) && node.Value == entry)
            {
                _byRequest.Remove(entry.Request);
                _byAge.Remove(node);
            }
        }
    }

    private void Forget()
    {
        while (_byAge.First is { } oldest && (_byRequest.Count >= capacity || time.GetElapsedTime(oldest.Value.Since) >= Kept))
        {
            _byRequest.Remove(oldest.Value.Request);
            _byAge.RemoveFirst();
        }
    }

    private sealed class Entry(SixteenBytes request, long since)
    {
        public SixteenBytes Request => request;

        public long Since => since;

        public TaskCompletionSource<TOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
