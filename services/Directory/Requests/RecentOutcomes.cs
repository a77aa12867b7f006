using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Requests;

/// <summary>
/// The outcomes of the last minutes by request id: an item that comes again, because its answer got lost, gets the same one, and one
/// that comes twice at once is carried out once. Bounded: beyond that the oldest are forgotten first.
/// </summary>
internal sealed class RecentOutcomes<TOutcome>(TimeProvider time, int capacity = RecentOutcomes<TOutcome>.DefaultCapacity)
{
    // Ten seconds, as long as a caller repeats itself, at 3,000 a second; all five minutes at the hundred a second that four nym-clients carry.
    private const int DefaultCapacity = 30_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<SixteenBytes, Entry> _byRequest = [];

    // Also those that failed, until their time: what is looked up is the other one.
    private readonly Queue<Entry> _byAge = [];

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
                return known.Outcome;
            }

            entry = new Entry(request, time.GetTimestamp());
            _byRequest.Add(request, entry);
            _byAge.Enqueue(entry);
        }

        var outcome = entry.Outcome;
        _ = CompleteAsync(entry, carryOut);
        return outcome;
    }

    // Its outcome, failures too, goes to whoever awaits the entry's task; nothing is lost by not awaiting it here.
    private async Task CompleteAsync(Entry entry, Func<Task<TOutcome>> carryOut)
    {
        try
        {
            entry.Succeed(await carryOut());
        }
        catch (Exception e)
        {
            // It did not happen: the next try is a first one.
            lock (_lock)
            {
                Remove(entry);
            }

            entry.Fail(e);
        }
    }

    private void Forget()
    {
        while (_byAge.TryPeek(out var oldest) && (_byAge.Count >= capacity || time.GetElapsedTime(oldest.Since) >= Kept))
        {
            Remove(_byAge.Dequeue());
        }
    }

    private void Remove(Entry entry)
    {
        if (_byRequest.TryGetValue(entry.Request, out var present) && present == entry)
        {
            _byRequest.Remove(entry.Request);
        }
    }

    /// <summary>Tens of thousands of them are kept: once there is an outcome, nothing else is.</summary>
    private sealed class Entry(SixteenBytes request, long since)
    {
        private volatile TaskCompletionSource<TOutcome>? _underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TOutcome _outcome = default!;

        public SixteenBytes Request => request;

        public long Since => since;

        public Task<TOutcome> Outcome => _underWay?.Task ?? Task.FromResult(_outcome);

        public void Succeed(TOutcome outcome)
        {
            var underWay = _underWay!;
            _outcome = outcome;
            _underWay = null;
            underWay.SetResult(outcome);
        }

        public void Fail(Exception exception) => _underWay!.SetException(exception);
    }
}
