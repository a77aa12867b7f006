using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Challenges;
using NymDirectory.DirectoryService.Requests;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>How an account's route moves: a challenge, its signature with the account's key.</summary>
internal sealed class Logins(
    DirectoryStore store, AccountLookup accounts, ChallengeStore challenges, ChallengeAnswers answers, TimeProvider time)
{
    // One object of each: tens of thousands are kept for a while.
    private static readonly BeginLoginOutcome NotFound = new() { NotFound = new NotFound() };
    private static readonly BeginLoginOutcome Busy = new() { Busy = new Busy() };
    private static readonly CompleteLoginOutcome LoggedIn = new() { LoggedIn = new LoggedIn() };
    private static readonly CompleteLoginOutcome NoPendingChallenge = new() { NoPendingChallenge = new NoPendingChallenge() };
    private static readonly CompleteLoginOutcome InvalidSignature = new() { InvalidSignature = new InvalidSignature() };

    private readonly RecentOutcomes<BeginLoginOutcome> _begun = new(time);
    private readonly RecentOutcomes<CompleteLoginOutcome> _completed = new(time);

    public Task<BeginLoginOutcome> BeginAsync(BeginLoginItem item)
    {
        var request = ItemRules.RequestId(item.Context);
        var key = ChallengeKey.Of(ItemRules.Route(item.Route), ChallengePurpose.Login);
        return _begun.OnceAsync(request, () => OpenAsync(item, key));
    }

    public Task<CompleteLoginOutcome> CompleteAsync(CompleteLoginItem item)
    {
        var request = ItemRules.RequestId(item.Context);
        ItemRules.Route(item.Route);
        return _completed.OnceAsync(request, () => AnswerAsync(item));
    }

    // No token of one call: others may wait for the same outcome.
    private async Task<BeginLoginOutcome> OpenAsync(BeginLoginItem item, ChallengeKey key)
    {
        if (!Username.TryParse(item.Username, out var username)
            || await accounts.FindAsync(username, CancellationToken.None) is not { } publicKey)
        {
            return NotFound;
        }

        return challenges.Open(key, username, publicKey, KnownFeatures.Parse(item.Features)) is { } challenge
            ? new BeginLoginOutcome { Challenge = new Challenge { Nonce = challenge.Nonce } }
            : Busy;
    }

    private async Task<CompleteLoginOutcome> AnswerAsync(CompleteLoginItem item)
    {
        var route = ItemRules.Route(item.Route);
        var verdict = answers.Judge(
            route, ChallengePurpose.Login, item.HasUsername ? item.Username : null, item.HasSignature ? item.Signature : null);
        if (verdict.IsPending && verdict.Proved is null)
        {
            return InvalidSignature;
        }

        return verdict.Proved is { } challenge && await MoveRouteAsync(challenge, item)
            ? LoggedIn
            : NoPendingChallenge;
    }

    private Task<bool> MoveRouteAsync(OpenChallenge challenge, CompleteLoginItem item)
    {
        var logIn = new LogIn(challenge.Username, challenge.PublicKey.KeyId, challenge.Features, ItemRules.Route(item.Route));
        return ChallengeWrites.CarryOutAsync(store, logIn, challenge, challenges);
    }
}
