using System.Collections.Concurrent;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Tasks that nobody awaits one by one, but that must not outlive their owner.</summary>
internal sealed class TrackedTasks
{
    private readonly ConcurrentDictionary<Task, byte> _tasks = new();

    /// <summary>How many are under way.</summary>
    public int Count => _tasks.Count;

    /// <summary>Keeps a task until it ends. It must handle its own failures.</summary>
    public void Add(Task task)
    {
        if (!task.IsCompleted && _tasks.TryAdd(task, 0))
        {
            task.ContinueWith(
                ended => _tasks.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Ends when none is left; those added meanwhile count.</summary>
    public async Task DrainAsync()
    {
        while (!_tasks.IsEmpty)
        {
            await Task.WhenAll(_tasks.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
