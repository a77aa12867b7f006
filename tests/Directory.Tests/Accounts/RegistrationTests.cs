using NymDirectory.Contracts.V1;
using NymDirectory.Signatures;
using NymDirectory.TestKit;
using Begun = NymDirectory.Contracts.V1.BeginRegistrationOutcome.OutcomeOneofCase;
using Completed = NymDirectory.Contracts.V1.CompleteRegistrationOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Accounts;

public sealed class RegistrationTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;

    public async Task InitializeAsync() => _directory = await DirectoryUnderTest.StartAttachedAsync();

    public async Task DisposeAsync()
    {
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Complete_RightSignature_AccountCanBeLookedUp()
    {
        var ada = await _directory.RegisterAsync("Ada");

        var found = await QueryAsync("Ada", "ada", "no such", "", new string('x', 70_000));

        Assert.Equal("Ada", found[0].Found.Username);
        Assert.Equal(ada.Key.PublicKey.Pem, found[0].Found.PublicKeyPem);
        Assert.Equal(ada.Key.PublicKey.KeyId.ToArray(), found[0].Found.KeyId.ToByteArray());
        Assert.All(found[1..], outcome => Assert.Equal(QueryOutcome.OutcomeOneofCase.NotFound, outcome.OutcomeCase));
    }

    [Fact]
    public async Task Begin_AllThatCanBeWrong_IsRefusedInTheOrderOfChecks()
    {
        await _directory.RegisterAsync("taken");

        Assert.Equal(Begun.InvalidUsername, (await BeginAsync("no spaces", "no key")).OutcomeCase);
        Assert.Equal(Begun.InvalidUsername, (await BeginAsync(new string('a', 65), "no key")).OutcomeCase);
        Assert.Equal(Begun.InvalidPublicKey, (await BeginAsync("taken", "no key")).OutcomeCase);
        Assert.Equal(Begun.UsernameInUse, (await BeginAsync("taken", SigningKey.Generate().PublicKey.Pem)).OutcomeCase);
        var nonce = (await BeginAsync(new string('a', 64), SigningKey.Generate().PublicKey.Pem)).Challenge.Nonce;
        Assert.Matches("^[0-9a-f]{32}$", nonce);
    }

    [Fact]
    public async Task Begin_BadKeysOfTheVectors_AreAllRefused()
    {
        foreach (var bad in Vectors.Load().BadPublicKeys)
        {
            var outcome = await BeginAsync("somebody", bad.Pem);
            Assert.True(outcome.OutcomeCase == Begun.InvalidPublicKey, bad.Name);
        }
    }

    [Fact]
    public async Task Complete_NothingBegun_NothingPending() =>
        Assert.Equal(Completed.NoPendingChallenge, (await _directory.CompleteRegistrationAsync(NewUser("eve"), "")).OutcomeCase);

    [Fact]
    public async Task Complete_WrongSignature_UsesTheChallengeUp()
    {
        var user = NewUser("ada");
        var begun = await _directory.BeginRegistrationAsync(user);

        var wrong = await _directory.CompleteRegistrationAsync(user, "another text");
        var right = await _directory.CompleteRegistrationAsync(user, begun.Challenge.Nonce);

        Assert.Equal(Completed.InvalidSignature, wrong.OutcomeCase);
        Assert.Equal(Completed.NoPendingChallenge, right.OutcomeCase);
    }

    [Fact]
    public async Task Complete_SignedWithAnotherKey_IsRefused()
    {
        var user = NewUser("ada");
        var begun = await _directory.BeginRegistrationAsync(user);

        var outcome = await _directory.CompleteRegistrationAsync(
            new TestUser("ada", SigningKey.Generate(), user.Route), begun.Challenge.Nonce);

        Assert.Equal(Completed.InvalidSignature, outcome.OutcomeCase);
    }

    [Fact]
    public async Task Complete_OnAnotherTag_NothingPending()
    {
        var user = NewUser("ada");
        var begun = await _directory.BeginRegistrationAsync(user);
        user.Route = _directory.NewRoute();

        Assert.Equal(Completed.NoPendingChallenge, (await _directory.CompleteRegistrationAsync(user, begun.Challenge.Nonce)).OutcomeCase);
    }

    [Fact]
    public async Task Complete_NeitherNameNorSignature_IsAWrongSignature()
    {
        var user = NewUser("ada");
        await _directory.BeginRegistrationAsync(user);

        var response = await _directory.Accounts.CompleteRegistrationAsync(new CompleteRegistrationRequest
        {
            Items = { new CompleteRegistrationItem { Context = DirectoryUnderTest.NewContext(), Route = user.Route } },
        });

        Assert.Equal(Completed.InvalidSignature, response.Outcomes.Single().OutcomeCase);
    }

    [Fact]
    public async Task Complete_TwoRaceForAName_OneWins()
    {
        var users = Enumerable.Range(0, 8).Select(_ => NewUser("popular")).ToList();
        var nonces = new List<string>();
        foreach (var user in users)
        {
            nonces.Add((await _directory.BeginRegistrationAsync(user)).Challenge.Nonce);
        }

        var outcomes = await Task.WhenAll(users.Zip(nonces, (user, nonce) => _directory.CompleteRegistrationAsync(user, nonce)));

        Assert.Single(outcomes, outcome => outcome.OutcomeCase == Completed.Registered);
        Assert.Equal(7, outcomes.Count(outcome => outcome.OutcomeCase == Completed.UsernameInUse));
        var winner = users[Array.FindIndex(outcomes, outcome => outcome.OutcomeCase == Completed.Registered)];
        Assert.Equal(winner.Key.PublicKey.Pem, (await QueryAsync("popular"))[0].Found.PublicKeyPem);
    }

    [Fact]
    public async Task Complete_SameRequestAgain_SameOutcomeOnce()
    {
        var user = NewUser("ada");
        var begun = await _directory.BeginRegistrationAsync(user);
        var request = DirectoryUnderTest.NewId();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => _directory.CompleteRegistrationAsync(user, begun.Challenge.Nonce, request)));

        Assert.All(outcomes, outcome => Assert.Equal(Completed.Registered, outcome.OutcomeCase));
    }

    [Fact]
    public async Task Complete_SameRequestAfterTheTimeItIsKept_NothingPending()
    {
        var user = NewUser("ada");
        var begun = await _directory.BeginRegistrationAsync(user);
        var request = DirectoryUnderTest.NewId();
        await _directory.CompleteRegistrationAsync(user, begun.Challenge.Nonce, request);

        _directory.Time.Advance(TimeSpan.FromMinutes(5));

        var again = await _directory.CompleteRegistrationAsync(user, begun.Challenge.Nonce, request);
        Assert.Equal(Completed.NoPendingChallenge, again.OutcomeCase);
    }

    private TestUser NewUser(string name) => new(name, SigningKey.Generate(), _directory.NewRoute());

    private async Task<BeginRegistrationOutcome> BeginAsync(string name, string pem) =>
        (await _directory.Accounts.BeginRegistrationAsync(new BeginRegistrationRequest
        {
            Items =
            {
                new BeginRegistrationItem
                {
                    Context = DirectoryUnderTest.NewContext(), Route = _directory.NewRoute(), Username = name, PublicKeyPem = pem,
                },
            },
        })).Outcomes.Single();

    private async Task<QueryOutcome[]> QueryAsync(params string[] names) =>
        [.. (await _directory.Accounts.QueryAsync(new QueryRequest
        {
            Items = { names.Select(name => new QueryItem { Username = name }) },
        })).Outcomes];
}
