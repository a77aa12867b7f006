namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// Starts the items of a list so that signature checks use every core but do not flood the pool: each worker starts one after another,
/// and none waits for what the Directory says. Nobody waits for a worker either: where all cores are busy it comes late, finds nothing left to start, and would
/// have kept the whole list for that.
/// </summary>
internal sealed class ItemFanOut<TItem>
{
    // A hand-over to another thread costs about a third of a signature check: it must be worth it.
    private const int ItemsWorthAWorker = 4;

    private readonly IReadOnlyList<TItem> _items;
    private readonly Func<TItem, Task> _work;
    private readonly Task[] _started;

    // Whoever starts the last item goes on with the list, there and then.
    private readonly TaskCompletionSource _allStarted = new();
    private int _next = -1;
    private int _startedCount;

    private ItemFanOut(IReadOnlyList<TItem> items, Func<TItem, Task> work) =>
        (_items, _work, _started) = (items, work, new Task[items.Count]);

    /// <summary>Runs <paramref name="work"/> for each item. Ends when all have ended.</summary>
    public static Task RunAsync(IReadOnlyList<TItem> items, Func<TItem, Task> work) =>
        RunAsync(items, work, Math.Min(Environment.ProcessorCount, items.Count / ItemsWorthAWorker) - 1, worker => Task.Run(worker));

    /// <summary>The same with so many workers beside the caller, each started by <paramref name="handOver"/>.</summary>
    internal static async Task RunAsync(IReadOnlyList<TItem> items, Func<TItem, Task> work, int workers, Action<Action> handOver)
    {
        if (items.Count == 0)
        {
            return;
        }

        var list = new ItemFanOut<TItem>(items, work);
        for (var worker = 0; worker < workers; worker++)
        {
            handOver(list.StartSome);
        }

        list.StartSome();
        await list._allStarted.Task;
        await Task.WhenAll(list._started);
    }

    private void StartSome()
    {
        for (var i = Interlocked.Increment(ref _next); i < _started.Length; i = Interlocked.Increment(ref _next))
        {
            _started[i] = StartAsync(_items[i]);
            if (Interlocked.Increment(ref _startedCount) == _started.Length)
            {
                _allStarted.SetResult();
            }
        }
    }

    // What fails before it gives a task fails like all others: the list must end.
    private async Task StartAsync(TItem item) => await _work(item);
}
