using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// Finds out whether a nym-client that somebody else runs still has its SURBs. It keeps some of our own, from a message to ourselves; after a connection
/// came about we reply to their tag. If that arrives, the store survived. The messages to ourselves also keep those SURBs fresh.
/// </summary>
internal sealed class StoreCheck(
    OwnMessages ownMessages, RunKeeper keeper, TagSealer sealer, Lanes lanes, TimeProvider time, IOptions<NymClientOptions> options, ILogger<StoreCheck> logger)
{
    // Well below the hour after which a tag is forgotten at a key rotation.
    private static readonly TimeSpan Freshening = TimeSpan.FromMinutes(30);

    /// <summary>Decides on the run. Throws <see cref="OperationCanceledException"/> when the connection ended before anybody knew.</summary>
    public async Task DecideAsync(NymClientSession session, CancellationToken cancellationToken)
    {
        bool? answers = keeper.OwnTag is { } tag ? await AnswersAsync(session, tag, cancellationToken) : null;
        keeper.Reconnect(answers);
    }

    /// <summary>Sends ourselves a message now and again, and keeps the tag under which it arrived.</summary>
    public async Task KeepOwnTagAsync(NymClientSession session, NymAddress self, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await WriteToSelfAsync(session, self, cancellationToken) is { } tag)
            {
                keeper.KeepOwnTag(sealer.Seal(tag));
            }

            await Task.Delay(Freshening, time, cancellationToken);
        }
    }

    private async Task<bool> AnswersAsync(NymClientSession session, SealedTag tag, CancellationToken cancellationToken)
    {
        logger.CheckingStore();
        var (message, arrived) = ownMessages.Create();
        try
        {
            var request = new ReplyRequest(sealer.Open(tag), message, lanes.For(default, tag));
            await HandOverAsync(session, request, cancellationToken);
            await arrived.WaitAsync(options.Value.StoreCheckPatience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            ownMessages.Forget(message);
        }
    }

    private async Task<SenderTag?> WriteToSelfAsync(NymClientSession session, NymAddress self, CancellationToken cancellationToken)
    {
        var (message, arrived) = ownMessages.Create();
        try
        {
            var request = new SendAnonymousRequest(self, message, (uint)options.Value.OwnReplySurbs, lanes.For(default, default));
            await HandOverAsync(session, request, cancellationToken);
            return await arrived.WaitAsync(Freshening, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            ownMessages.Forget(message);
        }
    }

    private static async Task HandOverAsync(NymClientSession session, NymRequest request, CancellationToken cancellationToken)
    {
        if (await session.RequestAsync(request, cancellationToken) is NymAnswer.ConnectionLost)
        {
            throw new OperationCanceledException("The connection ended.");
        }
    }
}
