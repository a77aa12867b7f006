using System.Diagnostics;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Attachment;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Gateway.Replies;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Gateway.Telemetry;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>One message's way: read, answered, handed to nym-client; after a login, the mailbox opened.</summary>
internal sealed class RequestHandler(
    RequestAnswering answering,
    AckRequests acks,
    DelayedSends delayed,
    WaitingSends waiting,
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
    public Task HandleAsync(SealedTag tag, InboundMessage message, CancellationToken cancellationToken)
    {
        var parsed = RequestParser.Parse(message.Message.Span);
        if (parsed.Request is not { } request)
        {
            metrics.MessageDropped(parsed.Drop);
            return Task.CompletedTask;
        }

        return HandleAsync(request, Arrival.Of(message), tag, cancellationToken);
    }

    // By itself: while it waits for others it would keep the message.
    private async Task HandleAsync(ClientRequest request, Arrival arrival, SealedTag tag, CancellationToken cancellationToken)
    {
        var span = ItemTrace.StartRoot(GatewayTelemetry.Source, GatewayTelemetry.RequestSpan(request.Action), ActivityKind.Server);
        try
        {
            var exchange = new Exchange(request, arrival, new Caller(routes.Of(tag, arrival.Run), ItemTrace.Traceparent(span)), tag, span);
            await (request switch
            {
                AckAsked asked => AcknowledgeAsync(asked, exchange, cancellationToken),
                SendAsked asked => SendAsync(asked, exchange, cancellationToken),
                _ => AnswerAsync(exchange, cancellationToken),
            });
        }
        catch
        {
            span?.Dispose();
            throw;
        }
    }

    private async Task AcknowledgeAsync(AckAsked asked, Exchange exchange, CancellationToken cancellationToken)
    {
        using var span = exchange.Span;
        var outcome = await acks.AcknowledgeAsync(asked, exchange.Caller, cancellationToken);
        End(exchange, outcome, isOurFault: outcome == AckRequests.Unavailable);
    }

    private async Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken) => await RespondAsync(
        exchange, await answering.AnswerAsync(exchange.Request, exchange.Caller, cancellationToken), cancellationToken);

    /// <summary>While nym-client cannot answer more, a <c>send</c> waits before anything is done about it.</summary>
    private async Task SendAsync(SendAsked asked, Exchange exchange, CancellationToken cancellationToken)
    {
        Task Begin() => ForwardAsync(asked, exchange, cancellationToken);
        if (waiting.TryBegin(exchange.Tag))
        {
            await Begin();
        }
        else
        {
            waiting.Add(exchange.Tag, new WaitingSend(exchange.Arrival.Bytes, asked, Begin, () => exchange.Span?.Dispose()));
        }
    }

    private async Task ForwardAsync(SendAsked asked, Exchange exchange, CancellationToken cancellationToken)
    {
        bool answered = false;
        try
        {
            answered = await TryForwardAsync(asked, exchange, cancellationToken);
        }
        finally
        {
            if (!answered)
            {
                waiting.End(taken: null);
            }
        }
    }

    /// <summary>
    /// A <c>send</c> that may do better later gets its answer later; those behind it wait for it, or they would overtake it. True: its answer is on its way.
    /// </summary>
    private async Task<bool> TryForwardAsync(SendAsked asked, Exchange exchange, CancellationToken cancellationToken)
    {
        Task<Answer> Try(CancellationToken token) => answering.AnswerAsync(asked, exchange.Caller, token);
        Task Respond(Answer answer, CancellationToken token) => RespondAsync(exchange, answer, token);

        var mustWait = delayed.HasAnyOf(exchange.Tag);
        var answer = mustWait ? null : await Try(cancellationToken);
        if ((mustWait || answer!.MayPass)
            && delayed.TryAdd(exchange.Tag, new DelayedSend(asked.Content.Length, exchange.Arrival.Timestamp, answer, Try, Respond), cancellationToken))
        {
            return false;
        }

        await RespondAsync(exchange, answer ?? answering.Unavailable(asked.Action), cancellationToken, endsSend: true);
        return true;
    }

    private async Task RespondAsync(Exchange exchange, Answer answer, CancellationToken cancellationToken, bool endsSend = false)
    {
        using var span = exchange.Span;
        var reply = new OutboundReply(
            exchange.Tag, exchange.Arrival.Run, AnswerReference.AddTo(answer.Envelope, exchange.Request.Reference));
        long? queued = endsSend ? clock.GetTimestamp() : null;
        var fate = await outbox.PostAnswerAsync(reply, cancellationToken);
        End(exchange, answer.Outcome, answer.IsOurFault);
        var mayRepeat = exchange.Request.Action != ClientAction.Send;
        FollowUps.Add(FollowUpAsync(fate, reply, answer, exchange.Caller, mayRepeat, queued, cancellationToken));
    }

    private void End(Exchange exchange, string outcome, bool isOurFault)
    {
        exchange.Span?.SetTag(GatewayTelemetry.Outcome, outcome);
        if (isOurFault)
        {
            exchange.Span?.SetStatus(ActivityStatusCode.Error);
        }

        metrics.RequestAnswered(exchange.Request.Action, outcome, clock.GetElapsedTime(exchange.Arrival.Timestamp));
    }

    // What the client sent is not kept alive for as long as the fate of the answer is open.
    private async Task FollowUpAsync(
        Task<ReplyFate> fate, OutboundReply reply, Answer answer, Caller caller, bool mayRepeat, long? sendQueued, CancellationToken cancellationToken)
    {
        TimeSpan? taken = null;
        try
        {
            var met = await fate.WaitAsync(cancellationToken);
            if (met == ReplyFate.RunLost && mayRepeat)
            {
                met = await HandOverAgainAsync(reply, cancellationToken);
            }

            taken = sendQueued is { } queued && met == ReplyFate.Taken ? clock.GetElapsedTime(queued) : null;
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
        finally
        {
            if (sendQueued is not null)
            {
                waiting.End(taken);
            }
        }
    }

    /// <summary>
    /// A connection that ended left the answer unanswered, and the run goes on: most likely nym-client never read it, so it is handed over again. Not that to
    /// a <c>send</c>: existing clients ignore it, others send again, and a second <c>success</c> could pass for the next message's.
    /// </summary>
    private async Task<ReplyFate> HandOverAgainAsync(OutboundReply reply, CancellationToken cancellationToken)
    {
        var met = ReplyFate.RunLost;
        for (int repeats = 0; repeats < MostRepeats && met == ReplyFate.RunLost && nymClient.Run == reply.Run; repeats++)
        {
            met = await (await outbox.PostAnswerAsync(reply, cancellationToken)).WaitAsync(cancellationToken);
        }

        return met;
    }

    private sealed record Exchange(ClientRequest Request, Arrival Arrival, Caller Caller, SealedTag Tag, Activity? Span);

    /// <summary>
    /// What is still to be known of a message that was read. Not the message: thousands may wait, and each would keep its bytes beside what was read from them.
    /// </summary>
    private readonly record struct Arrival(RunId Run, long Timestamp, int Bytes)
    {
        public static Arrival Of(InboundMessage message) => new(message.Run, message.ReceivedTimestamp, message.Message.Length);
    }
}
