namespace NymDirectory.Gateway.Attachment;

/// <summary>
/// Whether this Gateway holds its id. Requests flow from the Directory's first yes on, and stop flowing when it says that another
/// holds the id, or when the run has changed and it was not told yet. While the Directory merely does not answer, requests go on:
/// they are answered, even if only by saying so.
/// </summary>
internal sealed class AttachmentState(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _attached = NewSignal();
    private long _confirmed;
    private TimeSpan _lease;

    /// <summary>Whether the lease is known to last: what readiness asks.</summary>
    public bool HoldsLease
    {
        get
        {
            lock (_gate)
            {
                return _attached.Task.IsCompleted && clock.GetElapsedTime(_confirmed) < _lease;
            }
        }
    }

    /// <summary>Ends at once while attached.</summary>
    public Task WaitUntilAttachedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _attached.Task.IsCompleted ? Task.CompletedTask : _attached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The Directory said yes.</summary>
    /// <param name="asked">When it was asked: the lease began no earlier.</param>
    /// <param name="lease">How long it lasts.</param>
    public void Attached(long asked, TimeSpan lease)
    {
        lock (_gate)
        {
            (_confirmed, _lease) = (asked, lease);
            _attached.TrySetResult();
        }
    }

    /// <summary>Requests wait from now on.</summary>
    public void Detached()
    {
        lock (_gate)
        {
            if (_attached.Task.IsCompleted)
            {
                _attached = NewSignal();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
