using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace NymDirectory.Client.Receipts;

/// <summary>What the caller reads from: reading a message hands it over.</summary>
internal sealed class HandedOverReader(ChannelReader<IncomingMessage> inner, Settlements settlements, HandoverPoint point) : ChannelReader<IncomingMessage>
{
    /// <inheritdoc/>
    public override Task Completion => inner.Completion;

    /// <inheritdoc/>
    public override bool CanCount => true;

    /// <inheritdoc/>
    public override int Count => inner.Count;

    /// <inheritdoc/>
    public override bool CanPeek => true;

    /// <inheritdoc/>
    public override bool TryPeek([MaybeNullWhen(false)] out IncomingMessage item) => inner.TryPeek(out item);

    /// <inheritdoc/>
    public override bool TryRead([MaybeNullWhen(false)] out IncomingMessage item)
    {
        while (inner.TryRead(out item))
        {
            // After the end nothing can be remembered. What the node still has comes again next time; shown now, it would be shown twice.
            if (item.Handover is not { } handover || TakeOver(handover))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => inner.WaitToReadAsync(cancellationToken);

    private bool TakeOver(Handover handover) =>
        point == HandoverPoint.WhenConfirmed || settlements.Post(handover) || handover.Delivery is null;
}
