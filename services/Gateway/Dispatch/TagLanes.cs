using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>
/// What one tag sends is handled in order, different tags in parallel. The bound counts everything here, so that the rest waits in
/// the bounded intake.
/// </summary>
internal sealed class TagLanes(int maxUnderWay, Action<Exception> failed) : IDisposable
{
    private readonly SemaphoreSlim _places = new(maxUnderWay);
    private readonly Dictionary<SealedTag, Queue<Func<Task>>> _lanes = [];
    private readonly TrackedTasks _running = new();
    private readonly Lock _gate = new();

    /// <summary>Lanes in which something runs.</summary>
    public int Running => _running.Count;

    /// <summary>Queues work behind what the tag's lane already has; waits while there is no place.</summary>
    public async Task AddAsync(SealedTag tag, Func<Task> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (_lanes.TryGetValue(tag, out var lane))
            {
                lane.Enqueue(work);
                return;
            }

            _lanes.Add(tag, new Queue<Func<Task>>([work]));
        }

        _running.Add(Task.Run(() => RunAsync(tag), CancellationToken.None));
    }

    /// <summary>Ends when nothing is left.</summary>
    public Task DrainAsync() => _running.DrainAsync();

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

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

            _places.Release();
        }
    }

    private Func<Task>? Next(SealedTag tag)
    {
        lock (_gate)
        {
            if (_lanes[tag].TryDequeue(out var work))
            {
                return work;
            }

            _lanes.Remove(tag);
            return null;
        }
    }
}
