using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Receipts;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class AcknowledgementTests
{
    private static readonly Vectors Vectors = Vectors.Load();

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new() { Node = { KnowsAcknowledgement = true } };

    private IReadOnlyList<FakeDelivery> Waiting => _mixnet.Node.Unacknowledged;

    private int Acknowledgements => _mixnet.Node.RequestsOf("ack").Count();

    [Fact]
    public async Task Message_Read_IsAcknowledged()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);

        await bob.AfterAWhile(() => Waiting.Count == 0);
        Assert.Equal(1, Acknowledgements);
        Assert.Equal(1, bob.Client.Counters.AcknowledgedMessages);
    }

    [Fact]
    public async Task Message_NotRead_IsNotAcknowledged()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "hello");
        await Eventually.True(() => bob.Client.Received.Count == 1);
        _time.Advance(TimeSpan.FromMinutes(1));
        await bob.Client.LookUpAsync("alice").Within();
        Assert.Equal(0, Acknowledgements);

        // Sent again while it waits to be read: still one.
        _mixnet.Node.SendAgain(Waiting);
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.Duplicate) == 1);
        Assert.Equal("hello", (await bob.NextAsync()).Text);
        await bob.AfterAWhile(() => Waiting.Count == 0);
        Assert.Equal(0, bob.Client.Received.Count);
    }

    [Fact]
    public async Task Messages_ReadWithinTheDelay_ShareAnAcknowledgement()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "one", "two", "three");
        for (var i = 0; i < 3; i++)
        {
            await bob.Client.ConfirmAsync(await bob.NextAsync()).Within();
        }

        await bob.AfterAWhile(() => Waiting.Count == 0);
        Assert.Equal(1, Acknowledgements);
    }

    [Fact]
    public async Task Messages_Many_AreAcknowledgedWithoutWaitingForMore()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, [.. Enumerable.Range(0, 20).Select(i => $"{i}")]);
        for (var i = 0; i < 20; i++)
        {
            await bob.NextAsync();
        }

        // Eight are enough for an acknowledgement; fewer wait for more.
        await Eventually.True(() => Waiting.Count < 8);
    }

    [Fact]
    public async Task Acknowledgement_CarriesTheSurbsThatTheMessagesUsed()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "one");
        await bob.NextAsync();
        await bob.AfterAWhile(() => Acknowledgements == 1);
        await SendAsync(alice, "two", "three", "four", "five");
        var bytes = Waiting.Sum(delivery => (delivery.Message.Length + 1_606) / 1_604);
        for (var i = 0; i < 4; i++)
        {
            await bob.Client.ConfirmAsync(await bob.NextAsync()).Within();
        }

        await bob.AfterAWhile(() => Acknowledgements == 2);
        Assert.Equal((uint)bytes, _mixnet.Node.RequestsOf("ack").Last().Surbs);
    }

    [Fact]
    public async Task Acknowledgement_Lost_IsRepeatedWhenTheMessageComesAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.LoseRequest = request => request.Action == "ack" && Acknowledgements == 1;
        await SendAsync(alice, "hello");
        await bob.NextAsync();
        await bob.AfterAWhile(() => Acknowledgements == 1);
        Assert.Single(Waiting);

        _mixnet.Node.SendAgain(Waiting);

        await bob.AfterAWhile(() => Waiting.Count == 0);
        Assert.Equal(0, bob.Client.Received.Count);
        Assert.Equal(1, bob.Client.Counters.Drops(DropReason.Duplicate));
    }

    [Fact]
    public async Task NodeOfBefore_IsAskedAndNeverAcknowledgedTo()
    {
        _mixnet.Node.KnowsAcknowledgement = false;
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
        _time.Advance(TimeSpan.FromMinutes(1));
        await bob.Client.LookUpAsync("alice").Within();
        Assert.Equal(0, Acknowledgements);
    }

    [Fact]
    public async Task Acknowledge_Off_IsNotAskedFor()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, Party.Options with { Acknowledge = false });
        await SendAsync(alice, "hello");
        Assert.Equal("hello", (await bob.NextAsync()).Text);
        Assert.Empty(Waiting);
        Assert.True((await bob.Client.LogInAsync().Within()).Succeeded);
        Assert.DoesNotContain("features", _mixnet.Node.RequestsOf("login").Last().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"id\": \"00112233445566778899aabbccddeeff\", \"seq\": 1.5")]
    [InlineData("\"id\": \"00112233445566778899aabbccddeeff\", \"seq\": -1")]
    [InlineData("\"id\": \"00112233445566778899aabbccddeeff\", \"seq\": \"7\"")]
    [InlineData("\"id\": \"00112233445566778899aabbccddeeff\", \"seq\": 99999999999999999999")]
    [InlineData("\"id\": \"00112233445566778899aabbccddeeff\"")]
    [InlineData("\"id\": \"00112233445566778899aabbccddeef\", \"seq\": 7")]
    [InlineData("\"id\": \"00112233445566778899aabbccddeefg\", \"seq\": 7")]
    [InlineData("\"id\": 7, \"seq\": 7")]
    [InlineData("\"seq\": 7")]
    public async Task Message_WithoutAProperIdOrNumber_IsTakenAsItComes(string members)
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        bob.Transport.Bring($"{_mixnet.Node.Envelope("incomingMessage", "chat", Vectors.Sends[0].ForwardContent)[..^1]}, {members}}}");
        Assert.Equal(Vectors.Sends[0].Plaintext, (await bob.NextAsync()).Text);
    }

    [Fact]
    public async Task Message_ThatCanNeverBeTaken_IsAcknowledgedToo()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        _mixnet.Node.Accounts["alice"] = People.Alice.Key.PublicKey;
        Bring(bob, "00112233445566778899aabbccddee01", """{"sender": "alice", "body": {}}""");
        Bring(bob, "00112233445566778899aabbccddee02", Vectors.Sends[0].ForwardContent.Replace("\"alice\"", "\"nobody\"", StringComparison.Ordinal));
        Bring(bob, "00112233445566778899aabbccddee03", Vectors.Sends[0].ForwardContent.Replace("\"iv\": \"", "\"iv\": \"00", StringComparison.Ordinal));

        await bob.AfterAWhile(() => bob.Client.Counters.AcknowledgedMessages == 3);
        Assert.Equal(0, bob.Client.Received.Count);
        Assert.Equal(1, bob.Client.Counters.Drops(DropReason.MessageForm));
        Assert.Equal(1, bob.Client.Counters.Drops(DropReason.UnknownSender));
        Assert.Equal(1, bob.Client.Counters.Drops(DropReason.PayloadSignature));
    }

    [Fact]
    public async Task Message_WhoseLookUpFails_ComesAgain()
    {
        var options = Party.Options with { Attempts = 1, AnswerTimeout = TimeSpan.FromSeconds(1) };
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, options);
        _mixnet.Node.LoseRequest = request => request.Action == "query" && request.From == bob.Transport;
        await SendAsync(alice, "hello");
        await bob.AfterAWhile(() => bob.Client.Counters.Drops(DropReason.LookUp) == 1);
        Assert.Equal(0, Acknowledgements);

        _mixnet.Node.LoseRequest = _ => false;
        _mixnet.Node.SendAgain(Waiting);

        Assert.Equal("hello", (await bob.NextAsync()).Text);
        await bob.AfterAWhile(() => Waiting.Count == 0);
    }

    [Fact]
    public async Task Message_WithoutRoomForIt_ComesAgain()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, Party.Options with { ReceiveCapacity = 1 });
        await SendAsync(alice, "one", "two", "three");
        await Eventually.True(() => bob.Client.Counters.Drops(DropReason.ReceiveFull) == 2);
        Assert.Equal("one", (await bob.NextAsync()).Text);
        await bob.AfterAWhile(() => Waiting.Count == 2);

        foreach (var text in new[] { "two", "three" })
        {
            _mixnet.Node.SendAgain(Waiting[0]);
            Assert.Equal(text, (await bob.NextAsync()).Text);
            var left = Waiting.Count - 1;
            await bob.AfterAWhile(() => Waiting.Count == left);
        }
    }

    [Fact]
    public async Task Message_ThatCameDirectlyBefore_IsDroppedAndAcknowledged()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        Assert.True((await bob.Client.SendHandshakeAsync("alice").Within()).Succeeded);
        await alice.NextAsync();
        await alice.Client.SendAsync("bob", "straight").Within();
        Assert.True((await bob.NextAsync()).ViaDirect);

        // Nothing came back, so it goes through the node, too.
        await alice.AfterAWhile(() => bob.Client.Counters.Drops(DropReason.Duplicate) == 1);
        await bob.AfterAWhile(() => Waiting.Count == 0);
        Assert.Equal(0, bob.Client.Received.Count);
    }

    [Fact]
    public async Task Confirm_NotCalled_IsNotAcknowledged()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, Party.Options with { Handover = HandoverPoint.WhenConfirmed });
        await SendAsync(alice, "hello");
        var message = await bob.NextAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await bob.Client.LookUpAsync("alice").Within();
        Assert.Equal(0, Acknowledgements);

        await bob.Client.ConfirmAsync(message).Within();
        await bob.Client.ConfirmAsync(message).Within();

        await bob.AfterAWhile(() => Waiting.Count == 0);
        Assert.Equal(1, bob.Client.Counters.AcknowledgedMessages);
    }

    [Fact]
    public async Task Store_ThatFails_IsTriedAgainAndNothingIsAcknowledgedBefore()
    {
        var store = new CrashingReceiptStore(new InMemoryReceiptStore()) { IsGone = true };
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time, receipts: store);
        bob.ExpectedErrors = ["could not be remembered"];
        await SendAsync(alice, "hello");
        await bob.NextAsync();
        await bob.AfterAWhile(() => store.Asked >= 3);
        Assert.Equal(0, Acknowledgements);

        store.IsGone = false;
        await bob.AfterAWhile(() => Waiting.Count == 0);
    }

    [Fact]
    public async Task Dispose_AcknowledgesWhatWasReadAndHandsOverNothingMore()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await SendAsync(alice, "read", "not read");
        Assert.Equal("read", (await bob.NextAsync()).Text);
        await Eventually.True(() => bob.Client.Received.Count == 1);

        await bob.DisposeAsync();

        Assert.Equal(2, Assert.Single(Waiting).Sequence);
        Assert.False(bob.Client.Received.TryRead(out _));
    }

    private static void Bring(Party party, string id, string content, long sequence = 1)
    {
        var envelope = new FakeNode().Envelope("incomingMessage", "chat", content);
        party.Transport.Bring($$"""{{envelope[..^1]}}, "id": "{{id}}", "seq": {{sequence}}}""");
    }

    private static async Task SendAsync(Party from, params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.True((await from.Client.SendAsync("bob", text).Within()).Succeeded);
        }
    }
}
