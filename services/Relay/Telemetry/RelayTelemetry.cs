namespace NymDirectory.Relay.Telemetry;

/// <summary>Every name under which the Relay tells what it does; described in <c>docs/telemetry.md</c>.</summary>
internal static class RelayTelemetry
{
    /// <summary>The activity source and the meter.</summary>
    public const string Name = "NymDirectory.Relay";

    /// <summary>Span of one message from arrival to acceptance, in the trace of the client's request.</summary>
    public const string ForwardSpan = "forward";

    /// <summary>Span of one signature check, below <see cref="ForwardSpan"/>.</summary>
    public const string VerifySpan = "verify";

    /// <summary>Span of one message's way to the gateway of its recipient: the root of a trace of its own.</summary>
    public const string DeliverSpan = "nymchat deliver";

    /// <summary>Label of metrics and spans: what became of it, out of a fixed set.</summary>
    public const string Outcome = "outcome";

    /// <summary>Label: how a check or a look-up ended, out of a fixed set.</summary>
    public const string Result = "result";

    /// <summary>Counter: messages by outcome.</summary>
    public const string Requests = "nymdirectory.relay.requests";

    /// <summary>Counter: signature checks by result, <c>valid</c> or <c>invalid</c>.</summary>
    public const string SignatureChecks = "nymdirectory.relay.signature_checks";

    /// <summary>Counter: look-ups in the key cache by result, <c>hit</c> or <c>miss</c>.</summary>
    public const string KeyCacheLookups = "nymdirectory.relay.key_cache.lookups";

    /// <summary>Counter: deliveries by outcome.</summary>
    public const string Deliveries = "nymdirectory.relay.deliveries";

    /// <summary>Up-down counter: deliveries held, waiting or on their way to a gateway.</summary>
    public const string DeliveriesInFlight = "nymdirectory.relay.deliveries.in_flight";

    /// <summary>Counter: failed askings for due deliveries, by gRPC status.</summary>
    public const string LeaseFailures = "nymdirectory.relay.lease_failures";

    /// <summary>Label: a gRPC status code.</summary>
    public const string Status = "status";
}
