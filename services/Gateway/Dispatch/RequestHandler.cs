using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Attachment;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Gateway.Telemetry;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>One message's way: read, answered, handed to nym-client; after a login, the mailbox opened.</summary>
internal sealed class RequestHandler(
    RequestAnswering answering,
    GatewayRoutes routes,
    NymClientStatus nymClient,
    Outbox outbox,
    ResumeLists mailboxes,
    GatewayMetrics metrics,
    TimeProvider clock,
    ILogger<RequestHandler> logger)
{
    private const int MostRepeats = 3;

    /// <summary>What goes on after answers were queued. Drained by the dispatcher, which lets nothing outlive it.</summary>
    public TrackedTasks FollowUps { get; } = new();

    /// <summary>Handles one message to the point where its answer is queued.</summary>
    public async Task HandleAsync(SealedTag tag, InboundMessage message, CancellationToken cancellationToken)
    {
        var parsed = RequestParser.Parse(message.Message.Span);
        if (parsed.Request is not { } request)
        {
            metrics.MessageDropped(parsed.Drop);
            return;
        }

        using var span = ItemTrace.StartRoot(GatewayTelemetry.Source, GatewayTelemetry.RequestSpan(request.Action), ActivityKind.Server);
        var caller = new Caller(routes.Of(tag, message.Run), ItemTrace.Traceparent(span));
        var answer = await answering.AnswerAsync(request, caller, cancellationToken);
        var reply = new OutboundReply(tag, message.Run, answer.Envelope);
        var fate = await outbox.PostAnswerAsync(reply, cancellationToken);
        Describe(span, answer);
        metrics.RequestAnswered(request.Action, answer.Outcome, clock.GetElapsedTime(message.ReceivedTimestamp));
        var repeats = request.Action == ClientAction.Send ? 0 : MostRepeats;
        FollowUps.Add(FollowUpAsync(FinalFateAsync(fate, reply, repeats, cancellationToken), answer, caller, cancellationToken));
    }

    private static void Describe(Activity? span, Answer answer)
    {
        span?.SetTag(GatewayTelemetry.Outcome, answer.Outcome);
        if (answer.IsOurFault)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>
    /// A connection that ended left the answer unanswered, and the run goes on: most likely nym-client never read it, so it is handed over again. Not that to
    /// a <c>send</c>: existing clients ignore it, others send again, and a second <c>success</c> could pass for the next message's.
    /// </summary>
    private async Task<ReplyFate> FinalFateAsync(Task<ReplyFate> fate, OutboundReply reply, int repeats, CancellationToken cancellationToken)
    {
        var met = await fate.WaitAsync(cancellationToken);
        for (; repeats > 0 && met == ReplyFate.RunLost && nymClient.Run == reply.Run; repeats--)
        {
            met = await (await outbox.PostAnswerAsync(reply, cancellationToken)).WaitAsync(cancellationToken);
        }

        return met;
    }

    private async Task FollowUpAsync(Task<ReplyFate> fate, Answer answer, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var met = await fate;
            metrics.FateMet("answer", met.Label());
            if (met == ReplyFate.Taken && answer.OpensMailbox)
            {
                await mailboxes.SendAsync(new ResumeItem { Traceparent = caller.Traceparent, Route = caller.Route }, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The Gateway stops; the Directory lets waiting messages flow by itself after a while.
        }
        catch (Exception)
        {
            logger.ResumeFailed();
        }
    }
}
