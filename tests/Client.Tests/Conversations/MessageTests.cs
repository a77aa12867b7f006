using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Json;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class MessageTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new();

    [Fact]
    public async Task Send_BothWays_ArrivesDecrypted()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);

        Assert.Equal(new SendOutcome(ViaDirect: false), await alice.Client.SendAsync("bob", "zażółć 🚀").Within());
        Assert.Equal(new IncomingMessage("alice", "zażółć 🚀", MessageKind.Text, ViaDirect: false), await bob.NextAsync());
        Assert.True((await bob.Client.SendAsync("alice", "hi").Within()).Succeeded);
        Assert.Equal(new IncomingMessage("bob", "hi", MessageKind.Text, ViaDirect: false), await alice.NextAsync());
    }

    [Fact]
    public async Task Send_FirstMessage_CarriesTheKeyAndLaterOnesDoNot()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);

        await alice.Client.SendAsync("bob", "one").Within();
        await alice.Client.SendAsync("bob", "two").Within();

        Assert.Equal([true, false], _mixnet.Node.RequestsOf("send").Select(request => request.Message.Contains("senderPublicKey", StringComparison.Ordinal)));
        Assert.Equal(People.Alice.Key.PublicKey, (await KnownContactAsync(bob, "alice")).PublicKey);
    }

    [Fact]
    public async Task Send_SixtyKilobytes_Arrives()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        var text = new string('x', 60 * 1024);

        Assert.True((await alice.Client.SendAsync("bob", text).Within()).Succeeded);
        Assert.Equal(text, (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Send_TooLarge_IsRefusedHere()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.Accounts["bob"] = People.Bob.Key.PublicKey;

        Assert.Equal(RefusalReason.MessageTooLarge, (await alice.Client.SendAsync("bob", new string('x', 70_000)).Within()).Refusal?.Reason);
        Assert.Empty(_mixnet.Node.RequestsOf("send"));
    }

    [Fact]
    public async Task Send_UnknownRecipient_IsRefused()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        Assert.Equal(RefusalReason.RecipientNotFound, (await alice.Client.SendAsync("bob", "hello").Within()).Refusal?.Reason);
        Assert.Equal(new LookUpOutcome(null), await alice.Client.LookUpAsync("bob").Within());
        Assert.Equal(new LookUpOutcome(new Account("alice", People.Alice.Key.PublicKey)), await alice.Client.LookUpAsync("alice").Within());
        Assert.Empty(alice.Contacts.All);
    }

    [Fact]
    public async Task Send_RefusedByTheNode_SaysWhy()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.Accounts["bob"] = People.Bob.Key.PublicKey;

        var outcome = await alice.Client.SendAsync("bob", "hello").Within();

        Assert.Equal(new NodeRefusal(RefusalReason.RecipientNotFound, "error: recipient not found"), outcome.Refusal);
        Assert.False((await alice.ContactAsync("bob"))!.FirstMessageSent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_NoAnswer_SendsTheVerySameBytes(bool requestLost)
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        Func<FakeRequest, bool> loseTwice = request => request.Action == "send" && _mixnet.Node.RequestsOf("send").Count() <= 2;
        _mixnet.Node.LoseRequest = request => requestLost && loseTwice(request);
        _mixnet.Node.LoseAnswer = loseTwice;

        Assert.True((await alice.AfterTimeOuts(2, () => _mixnet.Node.RequestsOf("send").Count(), alice.Client.SendAsync("bob", "hello"))).Succeeded);

        var sent = _mixnet.Node.RequestsOf("send").Select(request => request.Message).ToList();
        Assert.Equal(3, sent.Count);
        Assert.Single(sent.Distinct());
        Assert.Single(_mixnet.Node.Accepted);
        Assert.Equal("hello", (await bob.NextAsync()).Text);
        Assert.Equal(2, alice.Client.Counters.Resends);
    }

    [Fact]
    public async Task Send_WhileTheNodeIsAwayForAWhile_GoesThroughWithTheSameBytes()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.IsAway = request => _mixnet.Node.RequestsOf(request.Action).Count() <= 1;

        Assert.True((await alice.Client.SendAsync("bob", "hello").Within()).Succeeded);

        Assert.Equal(2, _mixnet.Node.RequestsOf("query").Count(request => request.Message.Contains("bob", StringComparison.Ordinal)));
        Assert.Equal(2, _mixnet.Node.RequestsOf("send").Count());
        Assert.Single(_mixnet.Node.RequestsOf("send").Select(request => request.Message).Distinct());
        Assert.Equal("hello", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Send_WhileTheNodeIsAwayForLong_SaysSoAfterAllAttempts()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.Accounts["bob"] = People.Bob.Key.PublicKey;
        _mixnet.Node.IsAway = request => request.Action == "send";

        var outcome = await alice.Client.SendAsync("bob", "hello").Within();

        Assert.Equal(RefusalReason.TemporarilyUnavailable, outcome.Refusal?.Reason);
        Assert.Equal(Party.Options.Attempts, _mixnet.Node.RequestsOf("send").Count());
    }

    [Fact]
    public async Task Send_NeverAnswered_GivesUpAfterAllAttempts()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.Accounts["bob"] = People.Bob.Key.PublicKey;
        _mixnet.Node.LoseAnswer = request => request.Action == "send";

        await Assert.ThrowsAsync<NodeSilentException>(() =>
            alice.AfterTimeOuts(Party.Options.Attempts, () => _mixnet.Node.RequestsOf("send").Count(), alice.Client.SendAsync("bob", "hello")));
        Assert.Equal(Party.Options.Attempts, _mixnet.Node.RequestsOf("send").Count());
    }

    [Fact]
    public async Task Send_LateAnswerOfTheMessageBefore_IsNotTakenForThisOne()
    {
        _mixnet.Node.KnowsReferences = false;
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.LoseAnswer = request => request.Action == "send" && _mixnet.Node.RequestsOf("send").Count() == 1;
        Assert.True((await alice.AfterTimeOuts(1, () => _mixnet.Node.RequestsOf("send").Count(), alice.Client.SendAsync("bob", "one"))).Succeeded);

        // The lost answer of the first attempt comes now, while the second message itself gets lost.
        InsteadOf("send", 3, _mixnet.Node.Envelope("sendResponse", "chat", "success"));
        Assert.True((await alice.AfterAWhile(alice.Client.SendAsync("bob", "two"))).Succeeded);

        Assert.Equal(2, _mixnet.Node.Accepted.Count);
        Assert.Equal("one", (await bob.NextAsync()).Text);
        Assert.Equal("two", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Send_AnswerThatComesTwice_IsNotTakenForTheNextMessages()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        Assert.True((await alice.Client.SendAsync("bob", "one").Within()).Succeeded);

        // The mixnet brought the first request twice: its second answer comes while the second message gets lost.
        var first = _mixnet.Node.RequestsOf("send").Single();
        InsteadOf("send", 2, _mixnet.Node.Envelope("sendResponse", "chat", "success", first));
        Assert.True((await alice.AfterAWhile(alice.Client.SendAsync("bob", "two"))).Succeeded);

        Assert.Equal(2, _mixnet.Node.Accepted.Count);
        Assert.Equal("one", (await bob.NextAsync()).Text);
        Assert.Equal("two", (await bob.NextAsync()).Text);
        Assert.Equal(1, alice.Client.Counters.Drops(DropReason.UnexpectedAnswer));
    }

    [Fact]
    public async Task Send_OldSuccessPlayedByAStranger_IsNotBelieved()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        Assert.True((await alice.Client.SendAsync("bob", "one").Within()).Succeeded);

        // Signed by the node, and it names nothing: everybody has one. So long after, nothing else is expected any more.
        _time.Advance(TimeSpan.FromHours(1));
        InsteadOf("send", 2, _mixnet.Node.Envelope("sendResponse", "chat", "success"));
        Assert.True((await alice.AfterAWhile(alice.Client.SendAsync("bob", "two"))).Succeeded);

        Assert.Equal(2, _mixnet.Node.Accepted.Count);
        Assert.Equal(1, alice.Client.Counters.Drops(DropReason.UnexpectedAnswer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LookUp_OldAnswerPlayedByAStranger_IsNotBelieved(bool named)
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.Accounts["bob"] = People.Alice.Key.PublicKey;
        Assert.NotNull((await alice.Client.LookUpAsync("bob").Within()).Account);
        _mixnet.Node.Accounts["bob"] = People.Bob.Key.PublicKey;

        // Signed by the node, and about bob: it names nothing, or somebody else's request.
        var old = PythonJson.Print(new JsonMembers { { "username", "bob" }, { "publicKey", People.Alice.Key.PublicKey.Pem } });
        InsteadOf("query", 2, _mixnet.Node.Envelope("queryResponse", "query", old, named ? _mixnet.Node.RequestsOf("query").First() : null));

        Assert.Equal(People.Bob.Key.PublicKey, (await alice.AfterAWhile(alice.Client.LookUpAsync("bob"))).Account?.PublicKey);
    }

    [Fact]
    public async Task Send_NodeDoesNotKnowReferences_IsAnsweredAllTheSame()
    {
        _mixnet.Node.KnowsReferences = false;
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);

        Assert.True((await alice.Client.SendAsync("bob", "one").Within()).Succeeded);
        Assert.True((await alice.Client.SendAsync("bob", "two").Within()).Succeeded);

        Assert.Equal(2, _mixnet.Node.RequestsOf("send").Count());
        Assert.Equal(0, alice.Client.Counters.Drops(DropReason.UnexpectedAnswer));
    }

    [Fact]
    public async Task Send_AfterLostRequests_NeedsOneAttemptAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.LoseRequest = request => request.Action == "send" && _mixnet.Node.RequestsOf("send").Count() == 1;
        Assert.True((await alice.AfterAWhile(alice.Client.SendAsync("bob", "one"))).Succeeded);
        var before = _mixnet.Node.RequestsOf("send").Count();

        Assert.True((await alice.Client.SendAsync("bob", "two").Within()).Succeeded);

        Assert.Equal(before + 1, _mixnet.Node.RequestsOf("send").Count());
    }

    [Fact]
    public async Task LookUp_LateAnswerAboutSomebodyElse_IsNotTakenForThisOne()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.Accounts["bob"] = People.Bob.Key.PublicKey;
        Assert.Null((await alice.Client.LookUpAsync("nobody").Within()).Account);
        var first = _mixnet.Node.RequestsOf("query").Single();
        InsteadOf("query", 2, _mixnet.Node.Envelope("queryResponse", "query", "No user found", first));

        Assert.Equal(People.Bob.Key.PublicKey, (await alice.AfterAWhile(alice.Client.LookUpAsync("bob"))).Account?.PublicKey);
    }

    [Fact]
    public async Task Send_ManyAtOnce_AllArriveInTheOrderTheyWereAccepted()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => alice.Client.SendAsync("bob", $"{i}"))).Within();

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        var texts = new HashSet<string>();
        for (var i = 0; i < 50; i++)
        {
            texts.Add((await bob.NextAsync()).Text);
        }

        Assert.Equal(50, texts.Count);
    }

    [Fact]
    public async Task Send_TransportBroken_IsTriedAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await alice.Client.SendAsync("bob", "one").Within();
        alice.Transport.Broken = true;

        var sending = alice.Client.SendAsync("bob", "two");
        await Eventually.True(() => alice.Logs.Text.Contains("could not be handed", StringComparison.Ordinal));
        alice.Transport.Broken = false;

        Assert.True((await alice.AfterAWhile(sending)).Succeeded);
    }

    [Fact]
    public async Task LookUp_NobodyOfAnEarlierQuestion_IsNotTakenForThisOne()
    {
        _mixnet.Node.KnowsReferences = false;
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.Accounts["bob"] = People.Bob.Key.PublicKey;
        _mixnet.Node.LoseAnswer = request => request.Action == "query" && _mixnet.Node.RequestsOf("query").Count() == 1;
        Assert.Null((await alice.AfterAWhile(alice.Client.LookUpAsync("nobody"))).Account);

        _mixnet.Node.LoseRequest = request =>
        {
            request.From.Bring(_mixnet.Node.Envelope("queryResponse", "query", "No user found"));
            return false;
        };
        Assert.NotNull((await alice.AfterAWhile(alice.Client.LookUpAsync("bob"))).Account);
    }

    [Fact]
    public async Task Dispose_RequestUnderWay_Ends()
    {
        var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        _mixnet.Node.LoseRequest = _ => true;
        var lookUp = alice.Client.LookUpAsync("bob");

        await alice.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => lookUp.Within());
        await Assert.ThrowsAsync<IOException>(() => alice.Client.LookUpAsync("bob").Within());
        Assert.False(await alice.Client.Received.WaitToReadAsync().AsTask().Within());
    }

    [Fact]
    public async Task TransportEnds_ReceivedEndsToo()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        alice.Transport.End();
        Assert.False(await alice.Client.Received.WaitToReadAsync().AsTask().Within());
    }

    [Fact]
    public async Task NextClient_OnTheSameTransport_GoesOn()
    {
        var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await alice.DisposeAsync();
        await using var bob = await NymChatClient.StartAsync(People.Bob, alice.Transport, new InMemoryContactStore(), Party.Options, time: _time);
        Assert.True((await bob.RegisterAsync().Within()).Succeeded);
    }

    /// <summary>The <paramref name="number"/>th request of a kind gets lost; what comes in place of its answer was meant for another one.</summary>
    private void InsteadOf(string action, int number, string answer) => _mixnet.Node.LoseRequest = request =>
    {
        var isLost = request.Action == action && _mixnet.Node.RequestsOf(action).Count() == number;
        if (isLost)
        {
            request.From.Bring(answer);
        }

        return isLost;
    };

    private static async Task<Contact> KnownContactAsync(Party party, string name)
    {
        await Eventually.True(async () => await party.ContactAsync(name) is not null);
        return (await party.ContactAsync(name))!;
    }
}
