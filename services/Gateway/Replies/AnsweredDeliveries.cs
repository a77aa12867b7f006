using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Telemetry;

namespace NymDirectory.Gateway.Replies;

/// <summary>Messages that come back with the Relay's answer to the list in which they went, since they are for users of this very Gateway.</summary>
internal sealed class AnsweredDeliveries(Deliveries deliveries, GatewayMetrics metrics, ILogger<AnsweredDeliveries> logger)
{
    /// <summary>Queues them. One that is not queued is due again when its lease ends. Never throws: the answer itself stands, whatever becomes of them.</summary>
    public void Take(IReadOnlyList<ReplyItem> items)
    {
        // An acceptance leases one message of a mailbox: none of them can overtake another.
        foreach (var item in items)
        {
            Take(item);
        }
    }

    private void Take(ReplyItem item)
    {
        try
        {
            if (DeliveryAddress.Of(item) is { } address)
            {
                deliveries.Deliver(item, address);
            }
            else
            {
                metrics.DeliveryHandedOver("broken_contract");
                logger.DeliveryBroken();
            }
        }
        catch (Exception e)
        {
            metrics.DeliveryHandedOver("failed");
            logger.DeliveryFailed(e.GetType().Name, e.StackTrace);
        }
    }
}
