using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class StrangerTests
{
    private static readonly Vectors Vectors = Vectors.Load();

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new();

    [Fact]
    public async Task Message_OfAStrangerTheNodeKnows_ArrivesAndMakesAContact()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;

        foreach (var vector in Vectors.Sends)
        {
            Forward(bob, vector.ForwardContent);
            Assert.Equal(new IncomingMessage("alice", vector.Plaintext, MessageKind.Text, ViaDirect: false), await bob.NextAsync());
        }

        Assert.Equal(People.Alice.Key.PublicKey, (await bob.ContactAsync("alice"))!.PublicKey);
        Assert.Single(_mixnet.Node.RequestsOf("query"));
    }

    [Fact]
    public async Task Message_WithoutAKeyFromAStranger_IsLookedUpToo()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        Forward(bob, Vectors.Sends[1].ForwardContent);
        Assert.Equal(Vectors.Sends[1].Plaintext, (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Messages_WhileTheLookUpRuns_KeepTheirOrderAndDoNotHoldUpOthers()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        using var carolsKey = SigningKey.Generate();
        await using var carol = await Party.RegisteredAsync(_mixnet, new Identity("carol", carolsKey), _time);
        await bob.Contacts.SaveAsync(new Contact { Username = "carol", PublicKey = carolsKey.PublicKey }, CancellationToken.None);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        var queries = 0;
        _mixnet.Node.LoseRequest = request => request.From == bob.Transport && request.Action == "query" && ++queries == 1;

        foreach (var vector in Vectors.Sends)
        {
            Forward(bob, vector.ForwardContent);
        }

        await carol.Client.SendAsync("bob", "I am no stranger").Within();
        Assert.Equal("carol", (await bob.NextAsync()).Sender);
        await bob.AfterAWhile(() => bob.Client.Received.Count == Vectors.Sends.Count);
        foreach (var vector in Vectors.Sends)
        {
            Assert.Equal(vector.Plaintext, (await bob.NextAsync()).Text);
        }
    }

    [Fact]
    public async Task Message_WithAnotherKeyThanTheLookUps_IsDroppedAndReported()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        using var other = SigningKey.Generate();
        _mixnet.Node.Accounts["alice"] = other.PublicKey;

        Forward(bob, Vectors.Sends[0].ForwardContent);

        Assert.Equal(new IncomingMessage("alice", "", MessageKind.KeyConflict, ViaDirect: false), await bob.NextAsync());
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.SenderKey) == 1);
        Assert.Null(await bob.ContactAsync("alice"));
    }

    [Fact]
    public async Task Message_OfNobody_IsDropped()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        Forward(bob, Vectors.Sends[0].ForwardContent);
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.UnknownSender) == 1);
        Assert.Empty(bob.Contacts.All);
    }

    [Fact]
    public async Task Message_LookUpNeverAnswered_IsDroppedInTheEnd()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, Party.Options with { Attempts = 1, AnswerTimeout = TimeSpan.FromSeconds(1) });
        _mixnet.Node.LoseRequest = request => request.Action == "query";
        Forward(bob, Vectors.Sends[0].ForwardContent);
        await bob.AfterAWhile(() => bob.Client.Counters.Drops(DropReason.LookUp) == 1);
        Assert.Equal(5, _mixnet.Node.RequestsOf("query").Count());
    }

    [Fact]
    public async Task Message_OfAContactWithAnotherKey_IsReportedAndThePinnedKeyStays()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await PinAliceAsync(bob, People.Alice.Key.PublicKey);
        using var other = SigningKey.Generate();
        var claimed = Vectors.Sends[0].ForwardContent.Replace(
            EscapedPem(People.Alice.Key.PublicKey), EscapedPem(other.PublicKey), StringComparison.Ordinal);

        Forward(bob, claimed);

        Assert.Equal(MessageKind.KeyConflict, (await bob.NextAsync()).Kind);
        Assert.Equal(Vectors.Sends[0].Plaintext, (await bob.NextAsync()).Text);
        Assert.Equal(People.Alice.Key.PublicKey, (await bob.ContactAsync("alice"))!.PublicKey);
    }

    [Fact]
    public async Task Message_NotSignedByThePinnedKey_IsDropped()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        using var other = SigningKey.Generate();
        await PinAliceAsync(bob, other.PublicKey);
        Forward(bob, Vectors.Sends[1].ForwardContent);
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.PayloadSignature) == 1);
    }

    [Fact]
    public async Task Message_Twice_IsShownOnce()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await PinAliceAsync(bob, People.Alice.Key.PublicKey);
        Forward(bob, Vectors.Sends[1].ForwardContent);
        Forward(bob, Vectors.Sends[1].ForwardContent);
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.Duplicate) == 1);
        Assert.Equal(1, bob.Client.Received.Count);
    }

    [Fact]
    public async Task Message_ForSomebodyElsesKey_IsDropped()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        Forward(alice, Vectors.Sends[1].ForwardContent);
        await Eventually.True(() => alice.Client.Counters.Drops(DropReason.Payload) == 1);
    }

    [Fact]
    public async Task Message_CallerDoesNotRead_IsDroppedAndAnswersStillCome()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, Party.Options with { ReceiveCapacity = 1 });
        await PinAliceAsync(bob, People.Alice.Key.PublicKey);
        Forward(bob, Vectors.Sends[1].ForwardContent);
        Forward(bob, Vectors.Sends[3].ForwardContent);
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.ReceiveFull) == 1);
        Assert.NotNull((await bob.Client.LookUpAsync("bob").Within()).Account);
    }

    [Fact]
    public async Task Strangers_TooManyAtOnce_AreDropped()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.LoseRequest = request => request.Action == "query";
        for (var i = 0; i < 65; i++)
        {
            Forward(bob, Vectors.Sends[1].ForwardContent.Replace("\"alice\"", $"\"stranger{i}\"", StringComparison.Ordinal));
        }

        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.LookUp) == 1);
    }

    private static string EscapedPem(P256PublicKey key) => key.Pem.Replace("\n", "\\n", StringComparison.Ordinal);

    private static async Task PinAliceAsync(Party party, P256PublicKey key) =>
        await party.Contacts.SaveAsync(new Contact { Username = "alice", PublicKey = key }, CancellationToken.None);

    private void Forward(Party party, string content) => party.Transport.Bring(_mixnet.Node.Envelope("incomingMessage", "chat", content));
}
