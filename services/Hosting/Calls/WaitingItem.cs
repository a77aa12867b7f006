using System.Diagnostics;

namespace NymDirectory.Hosting.Calls;

/// <summary>An item on its way into a list, and the promise of its outcome.</summary>
internal sealed class WaitingItem<TItem, TOutcome>(TItem item, CancellationToken cancellation)
{
    // Its caller goes on where it ends: a hand-over to another thread for each item of a list costs more than what callers do.
    private readonly TaskCompletionSource<TOutcome> _outcome = new();

    public TItem Item => item;

    public CancellationToken Cancellation => cancellation;

    public long Since { get; } = Stopwatch.GetTimestamp();

    public Task<TOutcome> Outcome => _outcome.Task;

    public void End(TOutcome? outcome, Exception? failure)
    {
        switch (failure)
        {
            case null:
                _outcome.TrySetResult(outcome!);
                break;
            case OperationCanceledException:
                _outcome.TrySetCanceled();
                break;
            default:
                _outcome.TrySetException(failure);
                break;
        }
    }
}
