using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class DirectTests
{
    private static readonly Vectors Vectors = Vectors.Load();

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new();

    [Fact]
    public async Task Handshake_BothWays_MessagesGoStraightAndTheNodeSeesNone()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(alice, bob);
        await ShakeHandsAsync(bob, alice);
        var before = _mixnet.Node.Requests.Count;

        Assert.Equal(new SendOutcome(ViaDirect: true), await alice.Client.SendAsync("bob", "straight").Within());
        Assert.Equal(new IncomingMessage("alice", "straight", MessageKind.Text, ViaDirect: true), await bob.NextAsync());
        Assert.Equal(new SendOutcome(ViaDirect: true), await bob.Client.SendAsync("alice", "back").Within());
        Assert.Equal(new IncomingMessage("bob", "back", MessageKind.Text, ViaDirect: true), await alice.NextAsync());

        Assert.Equal(before, _mixnet.Node.Requests.Count);
        Assert.Equal(bob.Transport.Address, alice.Transport.Plain.Single().Recipient);
        await Eventually.True(async () => (await alice.ContactAsync("bob"))!.FirstMessageSent);
    }

    [Fact]
    public async Task Handshake_Vector_GivesTheContactAnAddress()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;

        bob.Transport.Bring(_mixnet.Node.Envelope("incomingMessage", "chat", Vectors.Handshake.ForwardContent));

        Assert.Equal(new IncomingMessage("alice", "", MessageKind.Handshake, ViaDirect: false), await bob.NextAsync());
        Assert.Equal(Vectors.Handshake.Plaintext, (await bob.ContactAsync("alice"))!.DirectAddress!.ToBase58());
    }

    [Fact]
    public async Task Handshake_NotAnAddress_IsDropped()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        using var material = SealingMaterial.Fresh();
        var body = SealedBody.Seal(People.Alice.Key, People.Bob.Key.PublicKey, MessageType.Handshake, "nowhere", material);
        var content = SignedContent.Create(People.Alice, "bob", body, withKey: true).Content;

        bob.Transport.Bring(_mixnet.Node.Envelope("incomingMessage", "chat", content));

        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.HandshakeAddress) == 1);
        Assert.Null((await bob.ContactAsync("alice"))!.DirectAddress);
    }

    [Fact]
    public async Task Direct_VectorOfAContact_Arrives()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await PinAliceAsync(bob);
        bob.Transport.Bring(Vectors.Direct.Message);
        Assert.Equal(new IncomingMessage("alice", Vectors.Direct.Plaintext, MessageKind.Text, ViaDirect: true), await bob.NextAsync());
    }

    [Fact]
    public async Task Direct_OfAStranger_IsDropped()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        bob.Transport.Bring(Vectors.Direct.Message);
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.DirectSignature) == 1);
        Assert.Empty(_mixnet.Node.RequestsOf("query"));
    }

    [Fact]
    public async Task Direct_SignatureOfAnotherContent_IsDropped()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await PinAliceAsync(bob);
        bob.Transport.Bring(Vectors.Direct.Message.Replace(Vectors.Direct.Signature, Vectors.Sends[0].Signature, StringComparison.Ordinal));
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.DirectSignature) == 1);
    }

    [Fact]
    public async Task Direct_ForSomebodyElse_IsDropped()
    {
        await using var carol = await Party.RegisteredAsync(_mixnet, People.Bob with { Username = "carol" }, _time);
        await PinAliceAsync(carol);
        carol.Transport.Bring(Vectors.Direct.Message);
        await Eventually.True(() => carol.Client.Counters.Drops(DropReason.Recipient) == 1);
    }

    [Fact]
    public async Task Direct_ContactStaysSilent_TheSameContentGoesThroughTheNode()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        _mixnet.Unreachable[bob.Transport.Address] = true;
        Assert.True((await alice.Client.SendAsync("bob", "one").Within()).ViaDirect);
        Assert.True((await alice.Client.SendAsync("bob", "two").Within()).ViaDirect);

        await alice.AfterAWhile(() => bob.Client.Received.Count == 2);

        Assert.Equal(new IncomingMessage("alice", "one", MessageKind.Text, ViaDirect: false), await bob.NextAsync());
        Assert.Equal(new IncomingMessage("alice", "two", MessageKind.Text, ViaDirect: false), await bob.NextAsync());
        Assert.All(alice.Transport.Plain, plain => Assert.Contains(_mixnet.Node.Accepted, content =>
            plain.Message.Contains(System.Text.Json.JsonEncodedText.Encode(content, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), StringComparison.Ordinal)));
        Assert.Equal(1, alice.Client.Counters.DirectFallbacks);
        Assert.Null((await alice.ContactAsync("bob"))!.DirectAddress);
        Assert.False((await alice.Client.SendAsync("bob", "three").Within()).ViaDirect);
    }

    [Fact]
    public async Task Direct_ArrivedButSilent_IsShownOnce()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        await alice.Client.SendAsync("bob", "one").Within();
        Assert.True((await bob.NextAsync()).ViaDirect);

        await alice.AfterAWhile(() => bob.Client.Counters.Drops(DropReason.Duplicate) == 1);
        Assert.Equal(0, bob.Client.Received.Count);
    }

    [Fact]
    public async Task Direct_ContactAnswers_NothingIsSentAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(alice, bob);
        await ShakeHandsAsync(bob, alice);
        await alice.Client.SendAsync("bob", "one").Within();
        await bob.NextAsync();
        _time.Advance(Party.Options.DirectSilence - TimeSpan.FromSeconds(1));
        await bob.Client.SendAsync("alice", "yes").Within();
        await alice.NextAsync();
        await Eventually.True(async () => (await alice.ContactAsync("bob"))!.FirstMessageSent);
        bob.Transport.End();
        var sends = _mixnet.Node.RequestsOf("send").Count();

        _time.Advance(TimeSpan.FromSeconds(2));
        await alice.Client.LookUpAsync("bob").Within();

        Assert.Equal(0, alice.Client.Counters.DirectFallbacks);
        Assert.Equal(sends, _mixnet.Node.RequestsOf("send").Count());
        Assert.NotNull((await alice.ContactAsync("bob"))!.DirectAddress);
    }

    [Fact]
    public async Task Direct_NodeSilentToo_IsTriedAgainLater()
    {
        var options = Party.Options with { Attempts = 1, AnswerTimeout = TimeSpan.FromSeconds(5), DirectSilence = TimeSpan.FromSeconds(20) };
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time, options);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        _mixnet.Unreachable[bob.Transport.Address] = true;
        var first = _mixnet.Node.RequestsOf("send").Count() + 1;
        _mixnet.Node.LoseRequest = request => request.Action == "send" && _mixnet.Node.RequestsOf("send").Count() == first;
        await alice.Client.SendAsync("bob", "one").Within();

        await alice.AfterAWhile(() => bob.Client.Received.Count == 1);
        Assert.Equal("one", (await bob.NextAsync()).Text);
        Assert.InRange(alice.Client.Counters.DirectFallbacks, 2, 5);
        Assert.Single(_mixnet.Node.RequestsOf("send").Skip(first - 1).Select(request => request.Message).Distinct());
    }

    [Theory]
    [InlineData("error: temporarily unavailable")]
    [InlineData("error: rate limit exceeded, try again later")]
    [InlineData("error: recipient mailbox full")]
    public async Task Direct_NodeCannotTakeItNow_IsTriedAgainLaterInOrder(string refusal)
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        _mixnet.Unreachable[bob.Transport.Address] = true;
        var first = _mixnet.Node.RequestsOf("send").Count() + 1;
        _mixnet.Node.RefuseSend = _ => _mixnet.Node.RequestsOf("send").Count() == first ? refusal : null;
        await alice.Client.SendAsync("bob", "one").Within();
        await alice.Client.SendAsync("bob", "two").Within();

        await alice.AfterAWhile(() => bob.Client.Received.Count == 2);
        Assert.Equal(["one", "two"], [(await bob.NextAsync()).Text, (await bob.NextAsync()).Text]);
        Assert.Equal(0, alice.Client.Counters.Drops(DropReason.DirectGivenUp));
    }

    [Fact]
    public async Task Direct_ContactStoreFailsAtTheFallback_NothingIsLost()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        _mixnet.Unreachable[bob.Transport.Address] = true;
        await alice.Client.SendAsync("bob", "one").Within();
        alice.Contacts.Failures = 1;
        alice.ExpectedErrors = ["A message could not be handled"];

        await alice.AfterAWhile(() => bob.Client.Received.Count == 1);
        Assert.Equal("one", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Direct_NodeSilentForGood_IsGivenUpAndCounted()
    {
        var options = Party.Options with { Attempts = 1, AnswerTimeout = TimeSpan.FromSeconds(1), DirectSilence = TimeSpan.FromSeconds(5) };
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time, options);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        _mixnet.Unreachable[bob.Transport.Address] = true;
        _mixnet.Node.LoseRequest = request => request.Action == "send";
        await alice.Client.SendAsync("bob", "one").Within();
        await alice.AfterAWhile(() => alice.Client.Counters.Drops(DropReason.DirectGivenUp) == 1);
    }

    [Fact]
    public async Task Direct_TransportFails_GoesThroughTheNode()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        alice.Transport.Broken = true;
        var sending = alice.Client.SendAsync("bob", "one");
        await Eventually.True(() => alice.Logs.Text.Contains("could not be handed", StringComparison.Ordinal));
        alice.Transport.Broken = false;

        Assert.False((await alice.AfterAWhile(sending)).ViaDirect);
        Assert.Equal("one", (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Direct_SilenceNever_IsNeverSentAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time, Party.Options with { DirectSilence = Timeout.InfiniteTimeSpan });
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await ShakeHandsAsync(bob, alice);
        await alice.Client.SendAsync("bob", "one").Within();
        _time.Advance(TimeSpan.FromDays(1));
        await alice.Client.LookUpAsync("bob").Within();
        Assert.Equal(0, alice.Client.Counters.DirectFallbacks);
    }

    /// <summary>Hands the address of <paramref name="from"/> to <paramref name="to"/>.</summary>
    private static async Task ShakeHandsAsync(Party from, Party to)
    {
        Assert.True((await from.Client.SendHandshakeAsync(to.Identity.Username).Within()).Succeeded);
        Assert.Equal(MessageKind.Handshake, (await to.NextAsync()).Kind);
    }

    private static async Task PinAliceAsync(Party party) => await party.Contacts.SaveAsync(
        new Contact { Username = "alice", PublicKey = People.Alice.Key.PublicKey }, CancellationToken.None);
}
