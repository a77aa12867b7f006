using NymDirectory.Client.Protocol;

namespace NymDirectory.Client.Requests;

/// <summary>
/// Sends messages through the node, one at a time. What was not answered is sent again with the very same bytes: the node accepts the same signed
/// content once and says <c>success</c> each time.
/// </summary>
internal sealed class NodeSends(AnswerLane lane, NodeLink link, NodeTrust trust)
{
    /// <summary>Sends one message; null: the node accepted it.</summary>
    /// <exception cref="NodeSilentException">No answer came; the node may have accepted it all the same.</exception>
    public async Task<NodeRefusal?> SendAsync(SignedContent message, CancellationToken cancellationToken)
    {
        await trust.EnsureAsync(cancellationToken);
        using var _ = await lane.EnterAsync(cancellationToken);
        return (await AskAsync(message, cancellationToken)).Refusal;
    }

    /// <summary>
    /// Sends several messages with nothing in between, so that their order holds. Ends early when the node is silent, or cannot take one now: the
    /// result then has fewer items than there were messages.
    /// </summary>
    public async Task<IReadOnlyList<NodeRefusal?>> SendInOrderAsync(IEnumerable<SignedContent> messages, CancellationToken cancellationToken)
    {
        var outcomes = new List<NodeRefusal?>();
        try
        {
            await trust.EnsureAsync(cancellationToken);
            using var _ = await lane.EnterAsync(cancellationToken);
            foreach (var message in messages)
            {
                var outcome = await AskAsync(message, cancellationToken);
                if (outcome.Refusal is { MayPass: true })
                {
                    break;
                }

                outcomes.Add(outcome.Refusal);
            }
        }
        catch (NodeSilentException)
        {
            // What was not answered is the caller's to send again.
        }

        return outcomes;
    }

    private Task<ClaimOutcome> AskAsync(SignedContent message, CancellationToken cancellationToken) =>
        link.AskAsync(lane, new NodeRequest("send", message.ForNode(), message.Reference), ReadAsync, cancellationToken);

    private static async Task<ClaimOutcome?> ReadAsync(Attempt attempt)
    {
        while (true)
        {
            var envelope = await attempt.NextAsync();
            if (attempt.IsOurs(envelope))
            {
                var refusal = envelope.Content == AnswerNames.Success ? null : NodeRefusal.From(envelope.Content);
                return refusal is { IsWorthRepeating: true } && !attempt.IsLast ? null : new ClaimOutcome(refusal);
            }

            attempt.LeaveAside();
        }
    }
}
