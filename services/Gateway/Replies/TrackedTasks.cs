namespace NymDirectory.Gateway.Replies;

/// <summary>Tasks that nobody awaits one by one, but that must not outlive their owner. Counted, not kept: there are two for each message.</summary>
internal sealed class TrackedTasks
{
    private readonly Lock _gate = new();
    private readonly Action _ended;
    private TaskCompletionSource? _drained;
    private int _count;

    public TrackedTasks() => _ended = Ended;

    /// <summary>How many are under way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a task until it ends. It must handle its own failures.</summary>
    public void Add(Task task)
    {
        // How it ends is not looked at, which would take an object for each. Those of a Gateway catch and log whatever their work throws; outside of that they
        // only look things up under locks.
        if (!task.IsCompleted)
        {
            Interlocked.Increment(ref _count);
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_ended);
        }
    }

    /// <summary>Ends when none is left; those added meanwhile count.</summary>
    public async Task DrainAsync()
    {
        while (Count > 0)
        {
            await NextDrained();
        }
    }

    private Task NextDrained()
    {
        lock (_gate)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            // The last one may have ended before there was anything to tell.
            return Count > 0 ? _drained.Task : Task.CompletedTask;
        }
    }

    private void Ended()
    {
        if (Interlocked.Decrement(ref _count) > 0)
        {
            return;
        }

        lock (_gate)
        {
            _drained?.TrySetResult();
            _drained = null;
        }
    }
}
