using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class ClaimTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new();

    [Theory]
    [InlineData("login")]
    [InlineData("loginResponse")]
    public async Task LogIn_WhileTheNodeIsAwayForAWhile_TriesAgain(string action)
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.IsAway = request => request.Action == action && _mixnet.Node.RequestsOf(action).Count() == 1;

        var outcome = await alice.AfterTimeOuts(1, () => _mixnet.Node.RequestsOf(action).Count(), alice.Client.LogInAsync());

        Assert.True(outcome.Succeeded);
        Assert.Equal(2, _mixnet.Node.RequestsOf(action).Count());
    }

    [Fact]
    public async Task Register_NewName_IsRegisteredWithTheKey()
    {
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);

        var outcome = await alice.Client.RegisterAsync().Within();

        Assert.Null(outcome.Refusal);
        Assert.Equal(People.Alice.Key.PublicKey, _mixnet.Node.Accounts["alice"]);
        Assert.Equal(["register", "registrationResponse"], _mixnet.Node.Requests.Select(request => request.Action));
    }

    [Fact]
    public async Task Register_TakenName_IsRefused()
    {
        _mixnet.Node.Accounts["alice"] = People.Bob.Key.PublicKey;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);

        var outcome = await alice.Client.RegisterAsync().Within();

        Assert.Equal(new NodeRefusal(RefusalReason.UsernameTaken, "error: username already in use"), outcome.Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("al ice")]
    [InlineData("ąlice")]
    public async Task Register_ImpossibleName_IsNotEvenSent(string username)
    {
        await using var alice = await Party.StartAsync(_mixnet, People.Alice with { Username = username }, _time);
        Assert.Equal(RefusalReason.InvalidUsername, (await alice.Client.RegisterAsync().Within()).Refusal?.Reason);
        Assert.Empty(_mixnet.Node.Requests);
    }

    [Fact]
    public async Task Register_SuccessLost_IsRecognisedAsOurs()
    {
        _mixnet.Node.LoseAnswer = request => request.Action == "registrationResponse";
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);

        var outcome = await alice.AfterTimeOuts(1, () => _mixnet.Node.RequestsOf("registrationResponse").Count(), alice.Client.RegisterAsync());

        Assert.True(outcome.Succeeded);
        Assert.Single(_mixnet.Node.RequestsOf("query"));
    }

    [Fact]
    public async Task LogIn_RegisteredName_Works()
    {
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);
        Assert.True((await alice.Client.LogInAsync().Within()).Succeeded);
        Assert.True((await alice.Client.LogInAsync().Within()).Succeeded);
    }

    [Fact]
    public async Task LogIn_UnknownName_IsRefused()
    {
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);
        Assert.Equal(RefusalReason.UnknownUser, (await alice.Client.LogInAsync().Within()).Refusal?.Reason);
    }

    [Fact]
    public async Task LogIn_OtherKey_IsRefusedAfterASecondAttempt()
    {
        _mixnet.Node.Accounts["alice"] = People.Bob.Key.PublicKey;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);

        Assert.Equal(RefusalReason.SignatureRejected, (await alice.AfterAWhile(alice.Client.LogInAsync())).Refusal?.Reason);
        Assert.InRange(_mixnet.Node.RequestsOf("login").Count(), 2, Party.Options.Attempts);
    }

    [Theory]
    [InlineData("login")]
    [InlineData("loginResponse")]
    public async Task LogIn_FirstAnswerLost_BeginsAnewWithMoreSurbs(string action)
    {
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        _mixnet.Node.LoseAnswer = request => request.Action == action && _mixnet.Node.RequestsOf(action).Count() == 1;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);

        Assert.True((await alice.AfterTimeOuts(1, () => _mixnet.Node.RequestsOf(action).Count(), alice.Client.LogInAsync())).Succeeded);

        var logins = _mixnet.Node.RequestsOf("login").ToList();
        Assert.Equal(2, logins.Count);
        Assert.Equal(logins[0].Surbs, logins[1].Surbs);
    }

    [Fact]
    public async Task LogIn_ChallengeTwice_AnswersBothAndWorks()
    {
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        var repeated = false;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.LoseAnswer = request =>
        {
            if (request.Action == "login" && !repeated)
            {
                // An old challenge arrives before the one that counts.
                repeated = true;
                alice.Transport.Bring(_mixnet.Node.Envelope("challenge", "login", $$"""{"nonce": "{{new string('f', 32)}}"}"""));
            }

            return false;
        };

        Assert.True((await alice.AfterAWhile(alice.Client.LogInAsync())).Succeeded);
    }

    [Fact]
    public async Task LogIn_OldSuccessPlayedByAStranger_IsNotBelieved()
    {
        _mixnet.Node.Accounts["alice"] = People.Bob.Key.PublicKey;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.LoseAnswer = request =>
        {
            if (request.Action == "loginResponse")
            {
                request.From.Bring(_mixnet.Node.Envelope("challengeResponse", "login", "success"));
            }

            return false;
        };

        Assert.Equal(RefusalReason.SignatureRejected, (await alice.AfterAWhile(alice.Client.LogInAsync())).Refusal?.Reason);
        Assert.Equal(_mixnet.Node.RequestsOf("loginResponse").Count(), alice.Client.Counters.Drops(DropReason.UnexpectedAnswer));
    }

    [Fact]
    public async Task LogIn_AllItsRequests_AskForTheSameReferenceAndTheNextForAnother()
    {
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);
        Assert.True((await alice.Client.LogInAsync().Within()).Succeeded);
        var first = _mixnet.Node.Requests.Select(request => request.Reference).Distinct().ToList();
        Assert.True((await alice.Client.LogInAsync().Within()).Succeeded);

        Assert.NotNull(Assert.Single(first));
        Assert.Equal(2, _mixnet.Node.Requests.Select(request => request.Reference).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"nonce": "00112233445566778899AABBCCDDEEFF"}""")]
    [InlineData("""{"nonce": "{\"sender\": \"alice\", \"recipient\": \"bob\"}"}""")]
    public async Task LogIn_StrangeNonce_IsNeverSigned(string content)
    {
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        _mixnet.Node.ChallengeContent = _ => content;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);

        await Assert.ThrowsAsync<NodeSilentException>(() =>
            alice.AfterTimeOuts(Party.Options.Attempts, () => alice.Client.Counters.Drops(DropReason.Nonce), alice.Client.LogInAsync()));

        Assert.Empty(_mixnet.Node.RequestsOf("loginResponse"));
        Assert.Equal(Party.Options.Attempts, _mixnet.Node.RequestsOf("login").Count());
    }

    [Fact]
    public async Task LogIn_NobodyAsked_ChallengeIsNotAnswered()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        alice.Transport.Bring(_mixnet.Node.Envelope("challenge", "login", $$"""{"nonce": "{{new string('a', 32)}}"}"""));
        await Eventually.True(() => alice.Client.Counters.Drops(DropReason.UnexpectedAnswer) == 1);
        Assert.Empty(_mixnet.Node.RequestsOf("loginResponse"));
    }

    [Fact]
    public async Task LogIn_AnswersOfAnotherNode_AreNotBelieved()
    {
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        using var impostor = SigningKey.Generate();
        _mixnet.Node.Key = impostor;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);

        await Assert.ThrowsAsync<NodeSilentException>(() =>
            alice.AfterTimeOuts(Party.Options.Attempts, () => alice.Client.Counters.Drops(DropReason.NodeSignature), alice.Client.LogInAsync()));

        Assert.Empty(_mixnet.Node.RequestsOf("loginResponse"));
    }

    [Fact]
    public async Task LogIn_SuccessBeforeAnythingWasSigned_IsNotBelieved()
    {
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.LoseRequest = request =>
        {
            request.From.Bring(_mixnet.Node.Envelope("challengeResponse", "login", "success"));
            return true;
        };

        await Assert.ThrowsAsync<NodeSilentException>(() => alice.AfterAWhile(alice.Client.LogInAsync()));
    }
}
