namespace NymDirectory.Hosting.Balancing;

/// <summary>
/// Whether one replica of a service should be given calls. A replica that dies loses its connection and is passed by anyway; one that
/// hangs keeps it, and would cost each call that goes there a deadline. Nobody announces that, so it is told from the calls themselves.
/// </summary>
internal sealed class ReplicaHealth(TimeProvider clock)
{
    /// <summary>With calls under way and no sign of any for so long, others are asked first.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a replica is passed by after its first failure; twice as long after each further one.</summary>
    internal static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause: so much later a replica that recovered has work again.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private int _underWay;
    private int _outages;
    private long _lastSign;
    private long _failedAt;

    /// <summary>True when it works as far as anybody knows, or when a pause is over and one call may find out.</summary>
    internal bool MayBeCalled
    {
        get
        {
            lock (_lock)
            {
                return _outages == 0
                    ? _underWay == 0 || clock.GetElapsedTime(_lastSign) < Silence
                    : _underWay == 0 && clock.GetElapsedTime(_failedAt) >= Pause;
            }
        }
    }

    /// <summary>Calls that it has not answered yet.</summary>
    internal int UnderWay => Volatile.Read(ref _underWay);

    private TimeSpan Pause => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_outages - 1, 10)));

    internal void Begin()
    {
        lock (_lock)
        {
            if (_underWay++ == 0)
            {
                _lastSign = clock.GetTimestamp();
            }
        }
    }

    /// <summary>A call ended: answered, with whatever status, or not.</summary>
    internal void End(bool answered)
    {
        lock (_lock)
        {
            _underWay--;
            _lastSign = clock.GetTimestamp();
            if (answered)
            {
                _outages = 0;
                return;
            }

            // Calls that fail together are one outage.
            if (_outages == 0 || clock.GetElapsedTime(_failedAt) >= Pause)
            {
                _outages++;
            }

            _failedAt = _lastSign;
        }
    }
}
