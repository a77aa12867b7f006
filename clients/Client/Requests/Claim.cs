using NymDirectory.Client.Protocol;
using NymDirectory.Client.Telemetry;

namespace NymDirectory.Client.Requests;

/// <summary>
/// Claims a name with the node: asks for a challenge, signs its nonce, reads the verdict. One instance is one call; it remembers over its attempts what was
/// signed, since answers of earlier attempts may come late.
/// </summary>
internal sealed class Claim(ClaimPurpose purpose, Identity identity, bool acknowledges, DropRecorder drops)
{
    private readonly HashSet<Nonce> _signed = [];
    private readonly string _reference = AnswerReference.Fresh();
    private int _doubtedIn;

    /// <summary>Whether a nonce was signed, so that the node may have agreed even if no answer said so.</summary>
    public bool MayHaveSucceeded => _signed.Count > 0;

    /// <summary>What is sent at the begin of each attempt: a challenge is used up by any answer, so the next attempt needs a new one.</summary>
    public NodeRequest Request => new(purpose.Action, purpose.Request(identity, acknowledges, _reference), _reference);

    /// <summary>Reads answers until the node agreed or refused.</summary>
    public async Task<ClaimOutcome?> ReadAsync(Attempt attempt)
    {
        while (true)
        {
            var envelope = await attempt.NextAsync();
            if (attempt.IsAnothers(envelope))
            {
                attempt.LeaveAside();
            }
            else if (envelope.Action == AnswerNames.Challenge)
            {
                await AnswerAsync(attempt, envelope);
            }
            else if (Judge(envelope.Content, attempt) is { } outcome)
            {
                return outcome;
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
            await attempt.SendAsync(
                purpose.AnswerAction, RequestText.Answer(purpose.AnswerAction, identity.Username, nonce.Sign(identity.Key), _reference));
        }
    }

    private ClaimOutcome? Judge(string content, Attempt attempt)
    {
        if (content == AnswerNames.Success)
        {
            return JudgeSuccess();
        }

        var refusal = NodeRefusal.From(content);
        if (!IsDoubtful(refusal, attempt))
        {
            return new ClaimOutcome(refusal);
        }

        // A new attempt only when nothing of this one is under way any more, or its challenges would spoil the next one, too.
        _doubtedIn = attempt.Number;
        attempt.WaitOnlyALittle();
        return null;
    }

    private ClaimOutcome? JudgeSuccess()
    {
        if (MayHaveSucceeded)
        {
            return new ClaimOutcome();
        }

        drops.Record(DropReason.UnexpectedAnswer);
        return null;
    }

    /// <summary>A challenge that came twice or late makes our answer a wrong one, though the key is right. So one such attempt is not final.</summary>
    private bool IsDoubtful(NodeRefusal refusal, Attempt attempt) =>
        (refusal.IsWorthRepeating && !attempt.IsLast) || MayBeOfAnEarlierChallenge(refusal, attempt);

    private bool MayBeOfAnEarlierChallenge(NodeRefusal refusal, Attempt attempt) =>
        refusal.Reason is RefusalReason.NoOpenChallenge or RefusalReason.SignatureRejected
        && MayHaveSucceeded
        && !attempt.IsLast
        && (_doubtedIn == 0 || _doubtedIn == attempt.Number);
}
