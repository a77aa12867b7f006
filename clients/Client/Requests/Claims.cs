using NymDirectory.Client.Protocol;
using NymDirectory.Client.Telemetry;

namespace NymDirectory.Client.Requests;

/// <summary>Registers and logs in.</summary>
internal sealed class Claims(
    Identity identity,
    bool acknowledges,
    AnswerLanes lanes,
    NodeLink link,
    NodeTrust trust,
    LookUps lookUps,
    SurbBudget surbs,
    DropRecorder drops)
{
    /// <summary>Claims a new name with our key.</summary>
    /// <exception cref="NodeSilentException">No answer came.</exception>
    public async Task<ClaimOutcome> RegisterAsync(CancellationToken cancellationToken)
    {
        if (!Username.IsFitForNew(identity.Username))
        {
            return new ClaimOutcome(new NodeRefusal(RefusalReason.InvalidUsername, "the username has not the form that nodes take"));
        }

        var claim = new Claim(ClaimPurpose.Registration, identity, acknowledges, drops);
        var outcome = await RunAsync(claim, lanes.Registration, cancellationToken);
        return outcome.Refusal?.Reason == RefusalReason.UsernameTaken && claim.MayHaveSucceeded && await IsOursAsync(cancellationToken)
            ? new ClaimOutcome()
            : outcome;
    }

    /// <summary>Proves that the name is ours; messages come here from now on.</summary>
    /// <exception cref="NodeSilentException">No answer came.</exception>
    public Task<ClaimOutcome> LogInAsync(CancellationToken cancellationToken) => RunAsync(
        new Claim(ClaimPurpose.Login, identity, acknowledges, drops), lanes.Login, cancellationToken);

    private async Task<ClaimOutcome> RunAsync(Claim claim, AnswerLane lane, CancellationToken cancellationToken)
    {
        await trust.EnsureAsync(cancellationToken);
        surbs.ExpectMessages();
        using var _ = await lane.EnterAsync(cancellationToken);
        return await link.AskAsync(lane, claim.Request, claim.ReadAsync, cancellationToken);
    }

    /// <summary>The answer to an earlier attempt was lost, and the name that is taken now is taken by us.</summary>
    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        var found = await lookUps.FindAsync(identity.Username, cancellationToken);
        return found.Account?.PublicKey.Equals(identity.Key.PublicKey) == true;
    }
}
