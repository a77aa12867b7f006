using NymDirectory.Localnet.Faults;

namespace NymDirectory.Localnet.Client;

/// <summary>
/// How this client's mixnet side behaves at the moment, as the hub last told it: its pace, and whether it is stuck. A real nym-client is
/// stuck for minutes while it asks
/// every tag for fresh reply blocks.
/// </summary>
internal sealed class MixnetConditions(TimeProvider time, bool noPacing, bool fast)
{
    // --fastmode of the real program: 4 ms instead of 20 ms.
    private const int FastFactor = 5;

    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private ClientBehaviour _behaviour = ClientBehaviour.Stock;
    private long _silentSince;
    private TimeSpan _silence;

    /// <summary>Packets a second; 0: as fast as it goes.</summary>
    public double PacketsPerSecond
    {
        get
        {
            lock (_gate)
            {
                return noPacing ? 0 : _behaviour.PacketsPerSecond * (fast ? FastFactor : 1);
            }
        }
    }

    /// <summary>How long the flush takes for each row.</summary>
    public TimeSpan FlushRow
    {
        get
        {
            lock (_gate)
            {
                return _behaviour.FlushRow;
            }
        }
    }

    /// <summary>Takes on what the hub says. A silence begins now and replaces the one before it; null leaves it as it is.</summary>
    public void Apply(ClientBehaviour behaviour)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _behaviour = behaviour;
            if (behaviour.Silence is { } silence)
            {
                _silence = silence;
                _silentSince = time.GetTimestamp();
            }

            (changed, _changed) = (_changed, New());
        }

        changed.SetResult();
    }

    /// <summary>Waits until the mixnet side is not stuck.</summary>
    public async ValueTask WhileSilentAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (left, changed) = Look();
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await WaitAsync(left, changed, cancellationToken);
        }
    }

    /// <summary>Waits for <paramref name="delay"/>, or for the hub to say something new.</summary>
    public async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        await WaitAsync(delay, Look().Changed, cancellationToken);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WaitAsync(TimeSpan delay, Task changed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(delay, time, stop.Token), changed);
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private (TimeSpan Left, Task Changed) Look()
    {
        lock (_gate)
        {
            return (_silence == TimeSpan.Zero ? TimeSpan.Zero : _silence - time.GetElapsedTime(_silentSince), _changed.Task);
        }
    }
}
