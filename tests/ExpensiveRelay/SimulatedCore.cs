namespace NymDirectory.ExpensiveRelay;

/// <summary>
/// A core that this process has to itself: work on it is done one after another, in the order in which it came, and costs no CPU of the
/// machine. On a machine of two cores that burnt CPU, four Relays could never do four times the work of one.
/// </summary>
internal sealed class SimulatedCore(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _freeAt;

    /// <summary>Ends when this piece of work is done. What waits longer than that because timers are coarse does not hold up the core.</summary>
    public async Task UseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var done = Reserve(time);
        for (var left = Until(done); left > TimeSpan.Zero; left = Until(done))
        {
            // Delays count whole milliseconds, and leave out what is less.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), clock, cancellationToken);
        }
    }

    private long Reserve(TimeSpan time)
    {
        lock (_gate)
        {
            _freeAt = Math.Max(_freeAt, clock.GetTimestamp()) + (long)(time.TotalSeconds * clock.TimestampFrequency);
            return _freeAt;
        }
    }

    private TimeSpan Until(long timestamp) => clock.GetElapsedTime(clock.GetTimestamp(), timestamp);
}
