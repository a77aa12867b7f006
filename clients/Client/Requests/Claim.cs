using NymDirectory.Client.Protocol;
using NymDirectory.Client.Telemetry;

namespace NymDirectory.Client.Requests;

/// <summary>
/// Claims a name with the node: asks for a challenge, signs its nonce, reads the verdict. One instance is one call; it remembers over its attempts what was
/// signed, since answers of earlier attempts may come late.
/// </summary>
internal sealed class Claim(ClaimPurpose purpose, Identity identity, NymChatClientOptions options, DropRecorder drops)
{
    private readonly HashSet<Nonce> _signed = [];

    /// <summary>Whether a nonce was signed, so that the node may have agreed even if no answer said so.</summary>
    public bool MayHaveSucceeded => _signed.Count > 0;

    /// <summary>What is sent at the begin of each attempt: a challenge is used up by any answer, so the next attempt needs a new one.</summary>
    public string Request => purpose.Request(identity);

    /// <summary>Reads answers until the node agreed or refused; null: a new attempt may help.</summary>
    public async Task<ClaimOutcome?> ReadAsync(Attempt attempt)
    {
        while (true)
        {
            var envelope = await attempt.NextAsync();
            if (envelope.Action == AnswerNames.Challenge)
            {
                await AnswerAsync(attempt, envelope);
            }
            else if (envelope.Content != AnswerNames.Success)
            {
                return Judge(NodeRefusal.From(envelope.Content), attempt);
            }
            else if (MayHaveSucceeded)
            {
                return new ClaimOutcome();
            }
            else
            {
                drops.Record(DropReason.UnexpectedAnswer);
            }
        }
    }

    private async Task AnswerAsync(Attempt attempt, NodeEnvelope envelope)
    {
        if (!Nonce.TryRead(envelope, out var nonce))
        {
            drops.Record(DropReason.Nonce);
        }
        else if (_signed.Add(nonce))
        {
            await attempt.SendAsync(purpose.AnswerAction, RequestText.Answer(purpose.AnswerAction, identity.Username, nonce.Sign(identity.Key)));
        }
    }

    /// <summary>
    /// A challenge that came twice or late makes our answer a wrong one, though the key is right. So these two refusals are final in the last attempt only.
    /// </summary>
    private ClaimOutcome? Judge(NodeRefusal refusal, Attempt attempt) =>
        refusal.Reason is RefusalReason.NoOpenChallenge or RefusalReason.SignatureRejected && MayHaveSucceeded && attempt.Number < options.Attempts
            ? null
            : new ClaimOutcome(refusal);
}
