using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// Finds out whether a nym-client that somebody else runs still has its SURBs. It keeps some of our own, from a message to ourselves; after a connection
/// came about we reply to their tag. If that arrives, the store survived. <see cref="Heartbeat"/> keeps those SURBs fresh.
/// </summary>
internal sealed class StoreCheck(
    OwnMessages ownMessages, RunKeeper keeper, TagSealer sealer, Lanes lanes, TimeProvider time, IOptions<NymClientOptions> options, ILogger<StoreCheck> logger)
{
    /// <summary>Decides on the run. Throws <see cref="OperationCanceledException"/> when the connection ended before anybody knew.</summary>
    public async Task DecideAsync(NymClientSession session, CancellationToken cancellationToken)
    {
        bool? answers = keeper.OwnTag is { } tag ? await AnswersAsync(session, tag, cancellationToken) : null;
        keeper.Reconnect(answers);
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

    private static async Task HandOverAsync(NymClientSession session, NymRequest request, CancellationToken cancellationToken)
    {
        if (await session.RequestAsync(request, cancellationToken) is NymAnswer.ConnectionLost)
        {
            throw new OperationCanceledException("The connection ended.");
        }
    }
}
