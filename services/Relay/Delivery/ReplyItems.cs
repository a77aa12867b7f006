using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Relay.Delivery;

/// <summary>Writes deliveries as gateways get them.</summary>
internal static class ReplyItems
{
    /// <summary>One delivery, traced by its span, if it has one.</summary>
    public static ReplyItem Of(LeasedDelivery delivery, Activity? span) => new()
    {
        Traceparent = ItemTrace.Traceparent(span),
        DeliveryId = delivery.DeliveryId,
        LeaseId = delivery.LeaseId,
        Route = delivery.Route,
        RecipientContent = delivery.RecipientContent,
        MessageId = delivery.MessageId,
        Sequence = delivery.Sequence,
        Round = delivery.Round,
    };
}
