using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Delivery;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// Where a message goes that may be delivered as soon as it was accepted. Most nodes have one gateway: there the message is for the very one that brought it,
/// and goes back with the answer, without a call of its own. Otherwise the desk has it sent.
/// </summary>
internal sealed class AcceptedDeliveries(DeliveryDesk desk, DeliverySpans spans, RelayMetrics metrics)
{
    /// <summary>Takes up the delivery of a message that was accepted just now.</summary>
    /// <param name="delivery">What the Directory leased.</param>
    /// <param name="message">The message.</param>
    /// <param name="answer">The answer to whom brought it, if deliveries may go back with that.</param>
    public void Take(LeasedDelivery delivery, MessageUnderWay message, ForwardResponse? answer)
    {
        // The Directory does not send back what it was sent.
        delivery.RecipientContent = message.Signed!.RecipientContent;
        if (answer is not null && delivery.Route.GatewayId == message.Item.Arrival.GatewayId)
        {
            AddTo(answer, delivery, message.Span?.Context);
        }
        else
        {
            desk.TakeAccepted(delivery, message.Span?.Context);
        }
    }

    private void AddTo(ForwardResponse answer, LeasedDelivery delivery, ActivityContext? origin)
    {
        var span = spans.Start(origin);
        answer.Deliveries.Add(ReplyItems.Of(delivery, span));
        DeliverySpans.End(span, DeliveryOutcome.Answered);
        metrics.Delivered(DeliveryOutcome.Answered);
    }
}
