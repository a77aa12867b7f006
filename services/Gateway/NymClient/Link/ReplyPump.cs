using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Packets;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>Hands replies to nym-client on one connection, at most so many unanswered and so many packets at a time, and learns their fates.</summary>
internal sealed class ReplyPump(
    Outbox outbox,
    NymClientStatus status,
    TagSealer sealer,
    Lanes lanes,
    LaneWatch watch,
    LongReplies longReplies,
    NymClientMetrics metrics,
    IOptions<QueueOptions> options,
    ILogger<ReplyPump> logger)
{
    private int _answers;
    private int _unanswered;
    private volatile bool _paused;

    /// <summary>Replies that nym-client has not answered yet.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Grows with each answer: a sign of life.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>The coming stop is not one of the Gateway: what is queued stays there for the next connection.</summary>
    public void Pause() => _paused = true;

    /// <summary>
    /// Until <paramref name="stopping"/>: from then on only what is there already. <paramref name="ended"/> ends it at once. When this returns, every
    /// reply that was handed over has its fate or the connection is still open.
    /// </summary>
    public async Task RunAsync(NymClientSession session, CancellationToken stopping, CancellationToken ended)
    {
        _paused = false;
        longReplies.Forget();
        using var places = new SemaphoreSlim(options.Value.Unanswered);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping, ended);
        try
        {
            await TakeInTurnAsync(session, places, stopping, waiting.Token, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The connection is gone: what is under way is lost with it.
        }

        for (int place = 0; place < options.Value.Unanswered; place++)
        {
            await places.WaitAsync(CancellationToken.None);
        }
    }

    private async Task TakeInTurnAsync(
        NymClientSession session, SemaphoreSlim places, CancellationToken stopping, CancellationToken waiting, CancellationToken ended)
    {
        while (true)
        {
            await longReplies.WaitForRoomAsync(session, ended);
            await places.WaitAsync(ended);

            // Asked before the look: what was posted before the stop is then taken for certain.
            bool last = stopping.IsCancellationRequested;
            if (!(last && _paused) && outbox.TryTake(out var entry))
            {
                _ = HandOverAsync(session, entry, places);
                continue;
            }

            places.Release();
            if (last)
            {
                return;
            }

            await outbox.WaitAsync(waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Its task is not kept: the places count those under way, and RunAsync waits until all of them are free.
    private async Task HandOverAsync(NymClientSession session, OutboxEntry entry, SemaphoreSlim places)
    {
        var reply = entry.Reply;
        NymAnswer? answer = null;
        try
        {
            if (reply.Run != status.Run)
            {
                entry.End(ReplyFate.RunLost);
                return;
            }

            ulong lane = lanes.For(reply.Run, reply.Tag);
            Begin(lane, reply);
            try
            {
                // Whatever goes on after the answer goes on in the connection's reader, so it must not block: it takes short locks and may queue work.
                answer = await session.RequestInlineAsync(new ReplyRequest(sealer.Open(reply.Tag), reply.Message, lane));
            }
            catch (ArgumentException)
            {
                // It is longer than nym-client may be sent, and never will be.
            }
            finally
            {
                End(lane, reply, answer);
            }

            Tell(entry, answer);
        }
        catch (Exception e)
        {
            // A defect of ours. Whoever waits for the fate must not wait for ever, and a delivery must not count as taken.
            entry.End(ReplyFate.RunLost);
            logger.HandOverFailed(e.GetType().Name, e.StackTrace);
        }
        finally
        {
            places.Release();
        }
    }

    private void Begin(ulong lane, OutboundReply reply)
    {
        Interlocked.Increment(ref _unanswered);
        metrics.ReplyHandedOver();
        longReplies.HandedOver(lane, reply.Message.Length);
    }

    private void End(ulong lane, OutboundReply reply, NymAnswer? answer)
    {
        longReplies.Answered(lane, reply.Message.Length);
        Interlocked.Decrement(ref _unanswered);
        Interlocked.Increment(ref _answers);
        metrics.ReplyAnswered(FateOf(answer));
    }

    private void Tell(OutboxEntry entry, NymAnswer? answer)
    {
        if (entry.IsDelivery && answer is NymAnswer.Taken taken)
        {
            watch.Take(entry, taken.QueueLength);
        }
        else
        {
            entry.End(FateOf(answer));
        }
    }

    private static ReplyFate FateOf(NymAnswer? answer) => answer switch
    {
        NymAnswer.Taken => ReplyFate.Taken,
        NymAnswer.ConnectionLost => ReplyFate.RunLost,
        _ => ReplyFate.Refused,
    };
}
