using System.Diagnostics;

namespace NymDirectory.Relay.Delivery;

/// <summary>
/// Deliveries of one mailbox under one lease, in the order in which they must arrive. Used by one thread at a time.
/// </summary>
internal sealed class Consignment(IReadOnlyList<LeasedDelivery> deliveries, ActivityContext? origin, long takenAt)
{
    private int _next;

    /// <summary>The gateway that all of them go to.</summary>
    public string Endpoint => deliveries[0].GatewayEndpoint;

    /// <summary>The span in which they were accepted, if known here.</summary>
    public ActivityContext? Origin => origin;

    /// <summary>When the lease was taken, as a timestamp of the <see cref="TimeProvider"/>.</summary>
    public long TakenAt => takenAt;

    /// <summary>How many there are in all.</summary>
    public int Count => deliveries.Count;

    /// <summary>How many have not been taken out.</summary>
    public int Left => deliveries.Count - _next;

    /// <summary>The bytes of their contents.</summary>
    public int Bytes { get; } = deliveries.Sum(delivery => delivery.RecipientContent.Length);

    /// <summary>One of them was not queued: those after it must not overtake it.</summary>
    public bool HasFailed { get; set; }

    /// <summary>The next one, or null after the last.</summary>
    public LeasedDelivery? Next => _next < deliveries.Count ? deliveries[_next] : null;

    /// <summary>Takes the next one out.</summary>
    public LeasedDelivery Take() => deliveries[_next++];
}
