using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Delivery;

/// <summary>
/// Where leased deliveries come in, from acceptances and from the asking for due ones. Never waits: what cannot be held is left to the
/// end of its lease, and counted.
/// </summary>
internal sealed class DeliveryDesk(DeliveryLedger ledger, GatewayLanes lanes, RelayMetrics metrics, TimeProvider time)
{
    /// <summary>Takes up the delivery of a message that was accepted just now.</summary>
    public void TakeAccepted(LeasedDelivery delivery, ActivityContext? origin)
    {
        var consignment = new Consignment([delivery], origin, time.GetTimestamp());
        if (ledger.TryAdd(consignment))
        {
            PassOn(consignment);
        }
        else
        {
            metrics.Delivered(DeliveryOutcome.NoRoom);
        }
    }

    /// <summary>Takes up due deliveries that were asked for.</summary>
    public void TakeDue(LeaseDueResponse due)
    {
        var takenAt = time.GetTimestamp();
        // Those of one mailbox come under one lease and in order; GroupBy keeps the order.
        foreach (var mailbox in due.Deliveries.GroupBy(delivery => (delivery.LeaseId, delivery.GatewayEndpoint)))
        {
            var consignment = new Consignment([.. mailbox], origin: null, takenAt);
            ledger.Add(consignment);
            PassOn(consignment);
        }
    }

    private void PassOn(Consignment consignment)
    {
        if (lanes.TryAdd(consignment) is { } refusal)
        {
            ledger.EndRest(consignment, refusal);
        }
    }
}
