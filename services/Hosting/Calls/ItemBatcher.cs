using System.Diagnostics;

namespace NymDirectory.Hosting.Calls;

/// <summary>
/// Collects items that come one by one into calls that carry lists, and hands each caller its own outcome. One call for each item would cost more CPU than
/// all the work behind it, so a list that is not full goes at once when none is under way, and otherwise when that one ends, or its first item has waited
/// long enough: under load the calls themselves set the pace, and lists fill; a lone item waits for nobody.
/// </summary>
/// <typeparam name="TItem">What a call carries many of.</typeparam>
/// <typeparam name="TOutcome">What each of them is answered with.</typeparam>
public sealed class ItemBatcher<TItem, TOutcome> : IAsyncDisposable
{
    private static readonly TimeSpan DisposePatience = TimeSpan.FromSeconds(1);

    // Timers count whole milliseconds: what lacks less than that is not worth another turn.
    private static readonly TimeSpan NearlyNow = TimeSpan.FromMilliseconds(0.25);
    private static readonly long HalfAMillisecond = Stopwatch.Frequency / 2000;

    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TOutcome>>> _call;
    private readonly ItemBatcherOptions _options;
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly WaitingItems<TItem, TOutcome> _waiting;
    private readonly ITimer _timer;
    private long _firesAt = long.MaxValue;
    private int _underWay;
    private bool _closed;

    /// <summary>Starts collecting.</summary>
    /// <param name="call">Carries a list over; answers with one outcome for each item, in their order.</param>
    /// <param name="sizeOf">An item's size in bytes.</param>
    /// <param name="options">How lists are made; null for the defaults.</param>
    public ItemBatcher(
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TOutcome>>> call,
        Func<TItem, int> sizeOf,
        ItemBatcherOptions? options = null)
    {
        _call = call;
        _options = options ?? new ItemBatcherOptions();
        _room = new SemaphoreSlim(_options.Capacity);
        _waiting = new WaitingItems<TItem, TOutcome>(sizeOf, _options);
        // Calls must not run inside the span of whichever request happened to make this. Real time even in tests that move a clock of
        // their own: it only trades latency for fewer calls.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = TimeProvider.System.CreateTimer(_ => TimeIsUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sends one item and gives its outcome; throws what the call that carried it threw.</summary>
    /// <exception cref="OperationCanceledException">The caller no longer waits, or this batcher was disposed.</exception>
    public Task<TOutcome> SendAsync(TItem item, CancellationToken cancellationToken)
    {
        var waiting = new WaitingItem<TItem, TOutcome>(item, cancellationToken);
        return _room.Wait(0, CancellationToken.None) ? Add(waiting) : AddWhenThereIsRoomAsync(waiting);
    }

    /// <summary>Takes no more items, lets calls under way end, and cancels what did not end within a second.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            StartDue();
        }

        _stop.CancelAfter(DisposePatience);
        await _idle.Task;
        await _timer.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<TOutcome> AddWhenThereIsRoomAsync(WaitingItem<TItem, TOutcome> waiting)
    {
        await _room.WaitAsync(waiting.Cancellation);
        return await Add(waiting);
    }

    private Task<TOutcome> Add(WaitingItem<TItem, TOutcome> waiting)
    {
        lock (_gate)
        {
            if (_closed)
            {
                _room.Release();
                return Task.FromException<TOutcome>(new OperationCanceledException("The batcher was disposed."));
            }

            _waiting.Add(waiting);
            StartDue();
        }

        return waiting.Outcome.WaitAsync(waiting.Cancellation);
    }

    private void TimeIsUp()
    {
        lock (_gate)
        {
            _firesAt = long.MaxValue;
            StartDue();
        }
    }

    /// <summary>Starts what is due, and sees to it that what is not gets its turn. Called under the lock.</summary>
    private void StartDue()
    {
        while (_underWay < _options.MaxCalls && (_waiting.IsFull || _closed || Wait() <= NearlyNow) && _waiting.Take(_room) is { } list)
        {
            _underWay++;
            // Not here: neither under the lock nor on the thread, and in the span, of whoever came last.
            ThreadPool.UnsafeQueueUserWorkItem(_ => _ = CarryAsync(list), null);
        }

        if (_closed && _underWay == 0)
        {
            _idle.TrySetResult();
        }
        else if (_waiting.Count > 0 && _underWay < _options.MaxCalls)
        {
            SetTimer(Wait());
        }
    }

    /// <summary>Leaves it as it is when it fires early enough: setting it for each list would cost more than firing for none.</summary>
    private void SetTimer(TimeSpan wait)
    {
        wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
        var firesAt = Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency);
        if (firesAt < _firesAt - HalfAMillisecond)
        {
            _firesAt = firesAt;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// How much longer a list that is not full waits. Calls that take long are the sign of load: the more of them are under way, the longer it waits, and the
    /// fuller it gets. Without that, calls at saturation carried seven items of 32, and cost more than what they carried.
    /// </summary>
    private TimeSpan Wait() => _underWay == 0 ? TimeSpan.Zero : (_options.LingerBeside * (1 << (_underWay - 1))) - _waiting.Age;

    private async Task CarryAsync(List<WaitingItem<TItem, TOutcome>> list)
    {
        IReadOnlyList<TOutcome>? outcomes = null;
        Exception? failure = null;
        try
        {
            outcomes = await _call(list.ConvertAll(waiting => waiting.Item), _stop.Token);
            failure = outcomes.Count == list.Count
                ? null
                : new UnreachableException($"{list.Count} items were answered with {outcomes.Count} outcomes.");
        }
        catch (Exception e)
        {
            failure = e;
        }

        // First: the next call is on its way while this one's callers go on, here and one after another.
        End();
        for (var i = 0; i < list.Count; i++)
        {
            list[i].End(failure is null ? outcomes![i] : default, failure);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _underWay--;
            // What came meanwhile has waited for this.
            StartDue();
        }
    }
}
