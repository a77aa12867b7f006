namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// Starts the items of a list so that signature checks use every core but do not flood the pool: each worker starts one after another,
/// and none waits for what the Directory says.
/// </summary>
internal static class ItemFanOut
{
    // A hand-over to another thread costs about a third of a signature check: it must be worth it.
    private const int ItemsWorthAWorker = 4;

    /// <summary>Runs <paramref name="work"/> for each item. Ends when all have ended.</summary>
    public static async Task RunAsync<TItem>(IReadOnlyList<TItem> items, Func<TItem, Task> work)
    {
        var started = new Task[items.Count];
        var next = -1;
        void StartSome()
        {
            for (var i = Interlocked.Increment(ref next); i < started.Length; i = Interlocked.Increment(ref next))
            {
                started[i] = work(items[i]);
            }
        }

        var others = Math.Min(Environment.ProcessorCount, items.Count / ItemsWorthAWorker) - 1;
        var workers = Enumerable.Range(0, Math.Max(0, others)).Select(_ => Task.Run(StartSome)).ToArray();
        StartSome();
        await Task.WhenAll(workers);
        await Task.WhenAll(started);
    }
}
