using NymDirectory.Client.Protocol;
using NymDirectory.Client.Receipts;
using NymDirectory.Client.Telemetry;

namespace NymDirectory.Client.Receiving;

/// <summary>
/// Sees to it that each message the node waits to have acknowledged ends in one of three ways: handed over, refused for good (acknowledged too, or it would come for ever), or
/// abandoned, so that it is new when the node sends it again.
/// </summary>
internal sealed class Arrivals(ReceiptBook book, Settlements settlements, DropRecorder drops)
{
    /// <summary>Reads what the node sent; null: it was here before, or cannot be read.</summary>
    public async Task<Incoming?> TakeAsync(NodeEnvelope envelope, CancellationToken cancellationToken)
    {
        var handover = new Handover(envelope.Delivery);
        if (envelope.Delivery is { } delivery && !await IsNewAsync(handover, Mark.OfDelivery(delivery.Id), cancellationToken))
        {
            return null;
        }

        if (MessageContent.TryRead(envelope, out var message))
        {
            return new Incoming(message, handover, ViaDirect: false);
        }

        Refuse(handover, DropReason.MessageForm);
        return null;
    }

    /// <summary>Whether what has that mark was not here before; if it was, it ends here.</summary>
    public async Task<bool> IsNewAsync(Handover handover, UInt128 mark, CancellationToken cancellationToken)
    {
        var novelty = await book.BeginAsync(handover, mark, cancellationToken);
        if (novelty == Novelty.HandedOver)
        {
            // The acknowledgement was lost, or the node does not know that it came another way.
            Refuse(handover, DropReason.Duplicate);
        }
        else if (novelty == Novelty.UnderWay)
        {
            // It is acknowledged when the one that is under way was handed over; if that never happens, it must come again.
            await book.AbandonAsync(handover);
            drops.Record(DropReason.Duplicate);
        }

        return novelty == Novelty.New;
    }

    /// <summary>It will never be taken, and the node need not send it again.</summary>
    public void Refuse(Handover handover, DropReason reason)
    {
        drops.Record(reason);
        if (handover.Marks.Count > 0)
        {
            // Its number is not covered by any signature, and nothing else spoke for it.
            handover.KeepPosition();
            settlements.Post(handover);
        }
    }

    /// <summary>It cannot be taken now: the node shall send it again.</summary>
    public Task AbandonAsync(Incoming incoming, DropReason reason)
    {
        drops.Record(reason);
        return book.AbandonAsync(incoming.Handover);
    }

    /// <summary>What fails by the fault of a store is abandoned.</summary>
    public Task GuardAsync(Incoming incoming, Func<Task> work) => GuardAsync(
        incoming,
        async () =>
        {
            await work();
            return true;
        });

    /// <inheritdoc cref="GuardAsync(Incoming, Func{Task})"/>
    public async Task<T> GuardAsync<T>(Incoming incoming, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await book.AbandonAsync(incoming.Handover);
            throw;
        }
    }
}
