using NymDirectory.Gateway.Replies;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>
/// What one tag sends is handled in order, different tags in parallel. Places are bounded, so that the rest waits in the bounded intake. One tag gets a
/// share of them: what it sends beyond that waits behind its own messages, within the bounds of <see cref="TagLane"/>, and holds nobody up.
/// </summary>
/// <param name="maxUnderWay">Places of all tags together.</param>
/// <param name="maxOfOneTag">Places that one tag can have.</param>
/// <param name="failed">Is told of work that threw.</param>
internal sealed class TagLanes(int maxUnderWay, int maxOfOneTag, Action<Exception> failed) : IDisposable
{
    private readonly SemaphoreSlim _places = new(maxUnderWay);
    private readonly Dictionary<SealedTag, TagLane> _lanes = [];
    private readonly TrackedTasks _running = new();
    private readonly Lock _gate = new();

    /// <summary>Lanes in which something runs.</summary>
    public int Running => _running.Count;

    /// <summary>
    /// Queues work behind what the tag's lane already has; waits while there is no place for that tag. One call at a time.
    /// </summary>
    /// <param name="tag">Whose it is.</param>
    /// <param name="bytes">What it holds in memory.</param>
    /// <param name="work">Handles it.</param>
    /// <param name="cancellationToken">Ends the waiting; then nothing was queued.</param>
    /// <returns>False when too much of that tag waits: nothing was queued.</returns>
    public async Task<bool> AddAsync(SealedTag tag, int bytes, Func<Task> work, CancellationToken cancellationToken)
    {
        if (TryAddBeyondShare(tag, bytes, work) is { } added)
        {
            return added;
        }

        await _places.WaitAsync(cancellationToken);
        bool isNew;
        lock (_gate)
        {
            isNew = !_lanes.TryGetValue(tag, out var lane);
            lane ??= _lanes[tag] = new TagLane();
            lane.AddWithPlace(work);
        }

        if (isNew)
        {
            // Here, until it first waits for somebody: reading a request costs less than waking another thread for it.
            _running.Add(RunAsync(tag));
        }

        return true;
    }

    /// <summary>Ends when nothing is left.</summary>
    public Task DrainAsync() => _running.DrainAsync();

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    /// <summary>Null when the tag has not used up its share.</summary>
    private bool? TryAddBeyondShare(SealedTag tag, int bytes, Func<Task> work)
    {
        lock (_gate)
        {
            return _lanes.TryGetValue(tag, out var lane) && lane.Places >= maxOfOneTag ? lane.TryAddWithoutPlace(work, bytes) : null;
        }
    }

    private async Task RunAsync(SealedTag tag)
    {
        while (Next(tag) is { } work)
        {
            try
            {
                await work();
            }
            catch (Exception e)
            {
                failed(e);
            }

            Leave(tag);
        }
    }

    private Func<Task>? Next(SealedTag tag)
    {
        lock (_gate)
        {
            if (_lanes[tag].TryTake(out var work))
            {
                return work;
            }

            _lanes.Remove(tag);
            return null;
        }
    }

    private void Leave(SealedTag tag)
    {
        bool isFree;
        lock (_gate)
        {
            isFree = _lanes[tag].Leave();
        }

        if (isFree)
        {
            _places.Release();
        }
    }
}
