using NymDirectory.Contracts.V1;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;
using Begun = NymDirectory.Contracts.V1.BeginLoginOutcome.OutcomeOneofCase;
using Completed = NymDirectory.Contracts.V1.CompleteLoginOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Accounts;

public sealed class LoginTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;
    private TestUser _ada = null!;

    public async Task InitializeAsync()
    {
        _directory = await DirectoryUnderTest.StartAttachedAsync();
        _ada = await _directory.RegisterAsync("ada");
    }

    public async Task DisposeAsync()
    {
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("ADA")]
    [InlineData("a b")]
    public async Task Begin_UnknownName_IsNotFound(string name) =>
        Assert.Equal(Begun.NotFound, (await _directory.BeginLoginAsync(name, _directory.NewRoute())).OutcomeCase);

    [Fact]
    public async Task Begin_SameRequestAgain_SameNonce()
    {
        var request = new BeginLoginRequest
        {
            Items = { new BeginLoginItem { Context = DirectoryUnderTest.NewContext(), Route = _directory.NewRoute(), Username = "ada" } },
        };

        var first = await _directory.Accounts.BeginLoginAsync(request);
        var again = await _directory.Accounts.BeginLoginAsync(request);

        Assert.Equal(first.Outcomes[0].Challenge.Nonce, again.Outcomes[0].Challenge.Nonce);
    }

    [Fact]
    public async Task Complete_NewerChallengeOnTheTag_OnlyThatOneCounts()
    {
        var route = _directory.NewRoute();
        var first = await _directory.BeginLoginAsync("ada", route);
        var second = await _directory.BeginLoginAsync("ada", route);

        Assert.NotEqual(first.Challenge.Nonce, second.Challenge.Nonce);
        Assert.Equal(Completed.InvalidSignature, (await CompleteAsync(route, _ada.Sign(first.Challenge.Nonce))).OutcomeCase);
    }

    [Fact]
    public async Task Complete_OnlyInTheLastMoment_StillCounts()
    {
        var route = _directory.NewRoute();
        var begun = await _directory.BeginLoginAsync("ada", route);
        _directory.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Completed.LoggedIn, (await CompleteAsync(route, _ada.Sign(begun.Challenge.Nonce))).OutcomeCase);
    }

    [Fact]
    public async Task Complete_AfterFiveMinutes_NothingPending()
    {
        var route = _directory.NewRoute();
        var begun = await _directory.BeginLoginAsync("ada", route);
        _directory.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Completed.NoPendingChallenge, (await CompleteAsync(route, _ada.Sign(begun.Challenge.Nonce))).OutcomeCase);
    }

    [Fact]
    public async Task Complete_NameOfSomebodyElse_NothingPendingAndUsedUp()
    {
        var route = _directory.NewRoute();
        var begun = await _directory.BeginLoginAsync("ada", route);
        var signature = _ada.Sign(begun.Challenge.Nonce);

        Assert.Equal(Completed.NoPendingChallenge, (await _directory.CompleteLoginAsync(route, "bob", signature)).OutcomeCase);
        Assert.Equal(Completed.NoPendingChallenge, (await _directory.CompleteLoginAsync(route, "ada", signature)).OutcomeCase);
    }

    [Fact]
    public async Task Complete_NoName_CountsForTheChallengesOwn()
    {
        var route = _directory.NewRoute();
        var begun = await _directory.BeginLoginAsync("ada", route);
        Assert.Equal(Completed.LoggedIn, (await _directory.CompleteLoginAsync(route, null, _ada.Sign(begun.Challenge.Nonce))).OutcomeCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("00")]
    public async Task Complete_SignatureOfNoUse_IsInvalid(string? signature)
    {
        var route = _directory.NewRoute();
        await _directory.BeginLoginAsync("ada", route);
        Assert.Equal(Completed.InvalidSignature, (await _directory.CompleteLoginAsync(route, "ada", signature)).OutcomeCase);
    }

    [Fact]
    public async Task Complete_RegistrationChallengeOnTheSameTag_IsAnotherPurpose()
    {
        var user = new TestUser("new-one", _ada.Key, _directory.NewRoute());
        var begun = await _directory.BeginRegistrationAsync(user);
        Assert.Equal(Completed.NoPendingChallenge, (await CompleteAsync(user.Route, user.Sign(begun.Challenge.Nonce))).OutcomeCase);
    }

    [Fact]
    public async Task Complete_SameRequestAgain_SameOutcome()
    {
        var route = _directory.NewRoute();
        var begun = await _directory.BeginLoginAsync("ada", route);
        var request = DirectoryUnderTest.NewId();
        var signature = _ada.Sign(begun.Challenge.Nonce);

        Assert.Equal(Completed.LoggedIn, (await _directory.CompleteLoginAsync(route, "ada", signature, request)).OutcomeCase);
        Assert.Equal(Completed.LoggedIn, (await _directory.CompleteLoginAsync(route, "ada", signature, request)).OutcomeCase);
    }

    [Fact]
    public async Task Complete_OnTheTagOfAnother_EndsTheirRoute()
    {
        var bob = await _directory.RegisterAsync("bob");
        var begun = await _directory.BeginLoginAsync("ada", bob.Route);
        Assert.Equal(Completed.LoggedIn, (await CompleteAsync(bob.Route, _ada.Sign(begun.Challenge.Nonce))).OutcomeCase);

        var toBob = await _directory.SendAsync(_ada, bob, "are you there");

        Assert.Equal(Arrived.Pending, toBob.OutcomeCase);
        _directory.Time.Advance(TimeSpan.FromMinutes(10));
        await _directory.AttachAsync();
        Assert.Empty(await _directory.LeaseDueAsync());
    }

    private Task<CompleteLoginOutcome> CompleteAsync(Route route, string signature) =>
        _directory.CompleteLoginAsync(route, "ada", signature);
}
