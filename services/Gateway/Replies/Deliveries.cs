using System.Diagnostics;
using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Attachment;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Gateway.Telemetry;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Gateway.Replies;

/// <summary>Hands messages of other users to nym-client, once each, and reports what became of them.</summary>
internal sealed class Deliveries(
    GatewayRoutes routes,
    NymClientStatus nymClient,
    Outbox outbox,
    Envelopes envelopes,
    DeliveryMemory memory,
    FateReports reports,
    IHostApplicationLifetime lifetime,
    GatewayMetrics metrics,
    ILogger<Deliveries> logger)
{
    private static readonly ReplyOutcome Queued = new() { Queued = new Queued() };
    private static readonly ReplyOutcome NotLive = new() { RouteNotLive = new RouteNotLive() };
    private static readonly ReplyOutcome Full = new() { QueueFull = new QueueFull() };

    /// <summary>Queues one message, or says why not.</summary>
    public ReplyOutcome Deliver(ReplyItem item, DeliveryAddress to)
    {
        using var span = ItemTrace.Start(GatewayTelemetry.Source, GatewayTelemetry.DeliverySpan, ActivityKind.Server, item.Traceparent);
        var (outcome, label) = Judge(item, to);
        span?.SetTag(GatewayTelemetry.Outcome, label);
        metrics.DeliveryHandedOver(label);
        return outcome;
    }

    private (ReplyOutcome Outcome, string Label) Judge(ReplyItem item, DeliveryAddress to)
    {
        // What nym-client takes during a stop may be too late to be reported, and would be sent again after it; so it waits for the lease's end.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return (Full, "stopping");
        }

        var present = nymClient.Run;
        if (!routes.IsOurs(item.Route) || (present is not null && present != to.Run))
        {
            Report(item, item.LeaseId, Fate.RunLost);
            return (NotLive, "route_not_live");
        }

        // The run may yet turn out to be this one: the lease's end brings the message back, and nothing is lost by waiting.
        if (present is null)
        {
            return (Full, "run_unknown");
        }

        switch (memory.Reserve(item.DeliveryId, to.Run, item.Round, item.LeaseId))
        {
            case DeliverySeen.Taken:
                Report(item, item.LeaseId, Fate.Taken);
                return (Queued, "repeated");
            case DeliverySeen.Pending or DeliverySeen.Superseded:
                return (Queued, "repeated");
            default:
                return TryPost(item, to) ? (Queued, "queued") : (Full, "queue_full");
        }
    }

    private bool TryPost(ReplyItem item, DeliveryAddress to)
    {
        Task<ReplyFate>? fate = null;
        try
        {
            fate = outbox.TryPostDelivery(new OutboundReply(to.Tag, to.Run, Envelope(item)));
        }
        finally
        {
            // Nobody will finish it: remembered as pending, it would be held for queued each time that it comes again.
            if (fate is null)
            {
                memory.Forget(item.DeliveryId, to.Run, item.Round);
            }
        }

        if (fate is null)
        {
            return false;
        }

        // The content is not kept alive for as long as its fate is open.
        var slip = new ReplyItem { Traceparent = item.Traceparent, DeliveryId = item.DeliveryId, Route = item.Route, Round = item.Round };
        reports.Pending.Add(ReportWhenMetAsync(fate, slip, to.Run));
        return true;
    }

    private async Task ReportWhenMetAsync(Task<ReplyFate> pending, ReplyItem slip, RunId run)
    {
        try
        {
            var fate = await pending;

            // First what others wait for: the memory would hold it for queued each time that it comes again.
            if (memory.Finish(slip.DeliveryId, run, slip.Round, fate == ReplyFate.Taken) is { } lease)
            {
                Report(slip, lease, Contract(fate));
            }

            metrics.FateMet("delivery", fate.Label());
        }
        catch (Exception e)
        {
            // A defect of ours. Nobody awaits this task, and the lease ends by itself.
            logger.DeliveryFailed(e.GetType().Name, e.StackTrace);
        }
    }

    private void Report(ReplyItem item, ByteString lease, Fate fate) => reports.Add(new SettleItem
    {
        Traceparent = item.Traceparent,
        DeliveryId = item.DeliveryId,
        LeaseId = lease,
        RunId = item.Route.RunId,
        SealedTag = fate == Fate.Unsent ? item.Route.SealedTag : ByteString.Empty,
        Fate = fate,
        Round = item.Round,
    });

    private ReadOnlyMemory<byte> Envelope(ReplyItem item) =>
        envelopes.IncomingMessage(item.RecipientContent.Span, item.MessageId.Span, item.Sequence);

    private static Fate Contract(ReplyFate fate) => fate switch
    {
        ReplyFate.Taken => Fate.Taken,
        ReplyFate.RunLost => Fate.RunLost,
        ReplyFate.Refused => Fate.Refused,
        ReplyFate.Unsent => Fate.Unsent,
        _ => throw new ArgumentOutOfRangeException(nameof(fate)),
    };
}
