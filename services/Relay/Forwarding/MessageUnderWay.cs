using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Telemetry;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Forwarding;

/// <summary>One message of a list on its way through the Relay: what came, and what is known of it by now. Used by one thread at a time.</summary>
internal sealed class MessageUnderWay(ForwardItem item)
{
    /// <summary>What the Gateway passed on.</summary>
    public ForwardItem Item => item;

    /// <summary>Its span, if it is traced.</summary>
    public Activity? Span { get; private set; }

    /// <summary>What was read of it; null before, and when it cannot be read.</summary>
    public SignedMessage? Signed { get; set; }

    /// <summary>The key that its signature fits; null before, and when there is none.</summary>
    public SenderKey? Key { get; set; }

    /// <summary>What the Directory said last; null when it was not asked.</summary>
    public AcceptOutcome? Acceptance { get; set; }

    /// <summary>What becomes of it; null while that is open.</summary>
    public ForwardOutcome? Outcome { get; set; }

    /// <summary>Begins its span.</summary>
    public void Start(RelayTracing tracing) =>
        Span = ItemTrace.Start(tracing.Source, RelayTelemetry.ForwardSpan, ActivityKind.Server, item.Context.Traceparent);
}
