using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Challenges;
using NymDirectory.DirectoryService.Requests;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>How a name gets an owner: a challenge, its signature with the new key, and then whoever is written first.</summary>
internal sealed class Registrations(
    DirectoryStore store, AccountLookup accounts, ChallengeStore challenges, ChallengeAnswers answers, TimeProvider time)
{
    // One object of each: tens of thousands are kept for a while.
    private static readonly BeginRegistrationOutcome InvalidUsername = new() { InvalidUsername = new InvalidUsername() };
    private static readonly BeginRegistrationOutcome InvalidPublicKey = new() { InvalidPublicKey = new InvalidPublicKey() };
    private static readonly BeginRegistrationOutcome InUseAtFirst = new() { UsernameInUse = new UsernameInUse() };
    private static readonly BeginRegistrationOutcome Busy = new() { Busy = new Busy() };
    private static readonly CompleteRegistrationOutcome InvalidSignature = new() { InvalidSignature = new InvalidSignature() };
    private static readonly CompleteRegistrationOutcome NoPendingChallenge = new() { NoPendingChallenge = new NoPendingChallenge() };
    private static readonly CompleteRegistrationOutcome Registered = new() { Registered = new Registered() };
    private static readonly CompleteRegistrationOutcome InUseByNow = new() { UsernameInUse = new UsernameInUse() };

    private readonly RecentOutcomes<BeginRegistrationOutcome> _begun = new(time);
    private readonly RecentOutcomes<CompleteRegistrationOutcome> _completed = new(time);

    public Task<BeginRegistrationOutcome> BeginAsync(BeginRegistrationItem item)
    {
        var request = ItemRules.RequestId(item.Context);
        var key = ChallengeKey.Of(ItemRules.Route(item.Route), ChallengePurpose.Registration);
        return _begun.OnceAsync(request, () => OpenAsync(item, key));
    }

    public Task<CompleteRegistrationOutcome> CompleteAsync(CompleteRegistrationItem item)
    {
        var request = ItemRules.RequestId(item.Context);
        ItemRules.Route(item.Route);
        return _completed.OnceAsync(request, () => AnswerAsync(item));
    }

    // No token of one call: others may wait for the same outcome.
    private async Task<BeginRegistrationOutcome> OpenAsync(BeginRegistrationItem item, ChallengeKey key)
    {
        if (!Username.TryParse(item.Username, out var username) || !username.IsFitForNew)
        {
            return InvalidUsername;
        }

        if (!P256PublicKey.TryParsePem(item.PublicKeyPem, out var publicKey))
        {
            return InvalidPublicKey;
        }

        if (await accounts.FindAsync(username, CancellationToken.None) is not null)
        {
            return InUseAtFirst;
        }

        return challenges.Open(key, username, publicKey, KnownFeatures.Parse(item.Features)) is { } challenge
            ? new BeginRegistrationOutcome { Challenge = new Challenge { Nonce = challenge.Nonce } }
            : Busy;
    }

    private async Task<CompleteRegistrationOutcome> AnswerAsync(CompleteRegistrationItem item)
    {
        var route = ItemRules.Route(item.Route);
        var verdict = answers.Judge(
            route, ChallengePurpose.Registration, item.HasUsername ? item.Username : null, item.HasSignature ? item.Signature : null);
        if (verdict.Proved is not { } challenge)
        {
            return verdict.IsPending
                ? InvalidSignature
                : NoPendingChallenge;
        }

        var create = new CreateAccount(challenge.Username, challenge.PublicKey, challenge.Features, route);
        return await ChallengeWrites.CarryOutAsync(store, create, challenge, challenges)
            ? Registered
            : InUseByNow;
    }
}
