using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace NymDirectory.Gateway.NymClient;

/// <summary>
/// What is on its way to nym-client: answers to clients and deliveries, each in order, served in turn so that neither starves the other.
/// </summary>
internal sealed class Outbox
{
    private readonly Lock _gate = new();
    private readonly OutboxLane _answers;
    private readonly OutboxLane _deliveries;
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _deliveryNext;
    private bool _deliveriesClosed;
    private bool _closed;

    public Outbox(IOptions<QueueOptions> options, NymClientMetrics metrics)
    {
        _answers = new OutboxLane(options.Value.LaneEntries, options.Value.LaneBytes);
        _deliveries = new OutboxLane(options.Value.LaneEntries, options.Value.LaneBytes);
        metrics.ObserveOutbox("answers", () => AnswersWaiting);
        metrics.ObserveOutbox("deliveries", () => DeliveriesWaiting);
    }

    public int AnswersWaiting => Locked(() => _answers.Count);

    public int DeliveriesWaiting => Locked(() => _deliveries.Count);

    /// <summary>Queues an answer to a client, waiting for room. The inner task ends when its fate is known.</summary>
    public async ValueTask<Task<ReplyFate>> PostAnswerAsync(OutboundReply reply, CancellationToken cancellationToken)
    {
        var entry = new OutboxEntry(reply);
        LinkedListNode<(OutboxEntry Entry, TaskCompletionSource Room)> place;
        lock (_gate)
        {
            if (TryAdd(_answers, entry))
            {
                return entry.Fate;
            }

            place = _answers.WaitForRoom(entry);
        }

        await WaitForRoomAsync(place, cancellationToken);
        return entry.Fate;
    }

    /// <summary>Queues a delivery; null when there is no room now. The task ends when its fate is known.</summary>
    public Task<ReplyFate>? TryPostDelivery(OutboundReply reply)
    {
        var entry = new OutboxEntry(reply, isDelivery: true);
        lock (_gate)
        {
            return !_deliveriesClosed && TryAdd(_deliveries, entry) ? entry.Fate : null;
        }
    }

    /// <summary>Takes the next reply, the two lanes in turn.</summary>
    public bool TryTake([NotNullWhen(true)] out OutboxEntry? entry)
    {
        lock (_gate)
        {
            var (first, second) = _deliveryNext ? (_deliveries, _answers) : (_answers, _deliveries);
            bool fromFirst = first.TryTake(out entry);
            bool taken = fromFirst || second.TryTake(out entry);
            if (taken)
            {
                _deliveryNext = fromFirst ? !_deliveryNext : _deliveryNext;
            }

            return taken;
        }
    }

    /// <summary>Ends when something was added after the last <see cref="TryTake"/> that found nothing.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_answers.Count + _deliveries.Count > 0)
            {
                return Task.CompletedTask;
            }

            if (_added.Task.IsCompleted)
            {
                _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _added.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The run changed: what was meant for another one goes back to waiting.</summary>
    public void EndOtherRuns(RunId present) => EndWhere(entry => entry.Reply.Run != present);

    /// <summary>
    /// The Gateway stops, and what becomes of deliveries can soon no longer be told: those that are still here go back to waiting, and later ones find no
    /// room. Answers go on.
    /// </summary>
    public void CloseDeliveries()
    {
        lock (_gate)
        {
            _deliveriesClosed = true;
        }

        EndWhere(entry => entry.IsDelivery);
    }

    /// <summary>The Gateway stops: what is still here goes back to waiting, and so does what comes later.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        EndWhere(_ => true);
    }

    private bool TryAdd(OutboxLane lane, OutboxEntry entry)
    {
        if (_closed)
        {
            return entry.End(ReplyFate.RunLost);
        }

        bool added = lane.TryAdd(entry);
        if (added)
        {
            _added.TrySetResult();
        }

        return added;
    }

    private async Task WaitForRoomAsync(
        LinkedListNode<(OutboxEntry Entry, TaskCompletionSource Room)> place, CancellationToken cancellationToken)
    {
        try
        {
            await place.Value.Room.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (_answers.StopWaiting(place))
                {
                    throw;
                }
            }
        }
    }

    private void EndWhere(Func<OutboxEntry, bool> matches)
    {
        // Those who waited for room came in meanwhile, and may match as well.
        for (bool again = true; again;)
        {
            List<OutboxEntry> taken;
            lock (_gate)
            {
                taken = [.. _answers.TakeWhere(matches), .. _deliveries.TakeWhere(matches)];
            }

            taken.ForEach(entry => entry.End(ReplyFate.RunLost));
            again = taken.Count > 0;
        }
    }

    private int Locked(Func<int> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
