using NymDirectory.Contracts.V1;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>A Relay that waits for something to deliver.</summary>
internal sealed class RelayCall(int maxDeliveries)
{
    private readonly TaskCompletionSource<IReadOnlyList<Delivery>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int MaxDeliveries => maxDeliveries;

    public Task<IReadOnlyList<Delivery>> Answer => _answer.Task;

    public void Complete(IReadOnlyList<Delivery> deliveries) => _answer.TrySetResult(deliveries);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
