namespace NymDirectory.Relay.Telemetry;

/// <summary>Section <c>Telemetry</c>.</summary>
internal sealed record DeliveryLinkOptions
{
    /// <summary>Where it is in the configuration.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Whether a delivery's trace is linked to the trace of the request that brought the message. On the real network it should not be:
    /// who wrote to whom and when would lie in the tracing backend.
    /// </summary>
    public bool LinkDelivery { get; init; } = true;
}
