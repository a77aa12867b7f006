using System.Diagnostics;
using Microsoft.Extensions.Options;
using NymDirectory.Hosting.Telemetry;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Delivery;

/// <summary>A delivery's trace is its own, linked to that of the request which brought the message only where that is allowed.</summary>
internal sealed class DeliverySpans(RelayTracing tracing, IOptions<DeliveryLinkOptions> options)
{
    /// <summary>Ends a delivery's span.</summary>
    public static void End(Activity? span, DeliveryOutcome outcome)
    {
        span?.SetTag(RelayTelemetry.Outcome, OutcomeLabels.Of(outcome));
        span?.SetStatus(outcome is DeliveryOutcome.Queued or DeliveryOutcome.Answered ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        span?.Dispose();
    }

    /// <summary>Starts a delivery's span, if anybody listens.</summary>
    public Activity? Start(ActivityContext? origin)
    {
        var link = options.Value.LinkDelivery ? origin : null;
        return link is { } accepted
            ? ItemTrace.StartRoot(tracing.Source, RelayTelemetry.DeliverSpan, ActivityKind.Client, new ActivityLink(accepted))
            : ItemTrace.StartRoot(tracing.Source, RelayTelemetry.DeliverSpan, ActivityKind.Client);
    }
}
