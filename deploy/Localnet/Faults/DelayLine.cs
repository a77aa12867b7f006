namespace NymDirectory.Localnet.Faults;

/// <summary>Does things later: what is due at the same time in the order it came.</summary>
internal sealed class DelayLine(TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Action, (long Due, long Order)> _waiting = new();
    private readonly SemaphoreSlim _changed = new(0);
    private long _order;

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    /// <summary>Does it after the delay.</summary>
    public void Add(TimeSpan delay, Action action)
    {
        lock (_gate)
        {
            var due = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
            var next = _waiting.TryPeek(out _, out var first) ? first.Due : long.MaxValue;
            _waiting.Enqueue(action, (due, _order++));
            if (due >= next)
            {
                return;
            }
        }

        _changed.Release();
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // One wait at a time, and none is given up: one that is cancelled can still take the release that the next one was to get.
        var changed = _changed.WaitAsync(cancellationToken);
        while (true)
        {
            var wait = RunDue();
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var delay = wait is { } left ? Task.Delay(left, time, timer.Token) : Task.Delay(Timeout.InfiniteTimeSpan, time, timer.Token);
            await Task.WhenAny(delay, changed);
            await timer.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (changed.IsCompleted)
            {
                changed = _changed.WaitAsync(cancellationToken);
            }
        }
    }

    // The time until the next one; null: nothing waits.
    private TimeSpan? RunDue()
    {
        while (true)
        {
            Action action;
            lock (_gate)
            {
                if (!_waiting.TryPeek(out _, out var first))
                {
                    return null;
                }

                var now = time.GetTimestamp();
                if (first.Due > now)
                {
                    // Timers cut off fractions of a millisecond.
                    return TimeSpan.FromMilliseconds(Math.Ceiling(time.GetElapsedTime(now, first.Due).TotalMilliseconds));
                }

                action = _waiting.Dequeue();
            }

            action();
        }
    }
}
