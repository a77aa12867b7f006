using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// A message to ourselves through the mixnet, now and again: the only thing that shows that nym-client's other side lives, since it answers for its own address in
/// any state. One that stays away is said and counted, and nothing else is done: minutes of silence are load or a rotation of keys.
/// </summary>
internal sealed class Heartbeat(
    OwnMessages ownMessages,
    RunKeeper keeper,
    TagSealer sealer,
    Lanes lanes,
    NymClientMetrics metrics,
    TimeProvider time,
    IOptions<NymClientOptions> options,
    ILogger<Heartbeat> logger)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    private int _missing;

    /// <summary>
    /// Until the connection ends. <paramref name="withReplyBlocks"/>: the message carries reply blocks of our own, and the tag under which it arrives is kept, to ask
    /// by after the next connection whether they are still there; each message keeps them fresh.
    /// </summary>
    public async Task RunAsync(NymClientSession session, NymAddress self, bool withReplyBlocks, CancellationToken ended)
    {
        Task answered = Task.CompletedTask;
        while (true)
        {
            long sent = time.GetTimestamp();
            if (answered.IsCompleted)
            {
                answered = await BeatAsync(session, self, withReplyBlocks, ended);
            }
            else
            {
                // It did not even take the last one: another would only take up one more of the places for what is unanswered.
                Missing();
            }

            var rest = options.Value.Heartbeat - time.GetElapsedTime(sent);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, ended);
            }
        }
    }

    /// <summary>Sends one and waits for it. The task that comes back ends when nym-client took it, which it does not while it is stuck.</summary>
    private async Task<Task> BeatAsync(NymClientSession session, NymAddress self, bool withReplyBlocks, CancellationToken ended)
    {
        var (message, arrived) = ownMessages.Create();
        long sent = time.GetTimestamp();
        try
        {
            NymRequest request = withReplyBlocks
                ? new SendAnonymousRequest(self, message, (uint)options.Value.OwnReplySurbs, lanes.For(default, default))
                : new SendRequest(self, message, lanes.For(default, default));
            var answered = session.RequestAsync(request, ended);
            await ReturnedAsync(arrived, sent, ended);
            return answered;
        }
        finally
        {
            ownMessages.Forget(message);
        }
    }

    private async Task ReturnedAsync(Task<SenderTag?> arrived, long sent, CancellationToken ended)
    {
        try
        {
            var tag = await arrived.WaitAsync(options.Value.Heartbeat, time, ended);
            Arrived(time.GetElapsedTime(sent));
            if (tag is { } known)
            {
                keeper.KeepOwnTag(sealer.Seal(known));
            }
        }
        catch (TimeoutException)
        {
            Missing();
        }
    }

    private void Missing()
    {
        _missing++;
        metrics.HeartbeatMissing();
        logger.HeartbeatMissing(_missing, options.Value.Heartbeat);
    }

    private void Arrived(TimeSpan roundTrip)
    {
        metrics.HeartbeatArrived(roundTrip, roundTrip <= Usual ? "arrived" : "late");
        if (_missing > 0)
        {
            logger.HeartbeatBack(_missing);
            _missing = 0;
        }
    }
}
