using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class HostileInputTests
{
    private static readonly Vectors Vectors = Vectors.Load();

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new();

    public static TheoryData<string> NotEnvelopes => new(
        "", "null", "[]", "1", "\"x\"", "{", "{}", "[[[[", "{\"action\": 1}",
        """{"action": "challenge", "content": {}, "context": "login", "signature": ""}""",
        """{"action": "challenge", "content": "\ud800", "context": "login", "signature": ""}""",
        """{"action": "challenge", "content": "", "context": "login"}""");

    [Theory]
    [MemberData(nameof(NotEnvelopes))]
    public async Task Receive_NotAnEnvelope_IsCountedAndTheClientGoesOn(string message)
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        alice.Transport.Bring(message);
        await Eventually.True(() => alice.Client.Counters.Drops(DropReason.Malformed) == 1);
        Assert.NotNull((await alice.Client.LookUpAsync("alice").Within()).Account);
    }

    [Fact]
    public async Task Receive_OverOneMegabyte_IsCounted()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        alice.Transport.Bring(new byte[(1024 * 1024) + 1]);
        await Eventually.True(() => alice.Client.Counters.Drops(DropReason.TooLarge) == 1);
    }

    [Theory]
    [InlineData("incomingMessage", "chat", DropReason.MessageForm)]
    [InlineData("incomingMessage", "other", DropReason.UnknownAction)]
    [InlineData("something", "chat", DropReason.UnknownAction)]
    [InlineData("queryResponse", "query", DropReason.UnexpectedAnswer)]
    [InlineData("infoResponse", "node", DropReason.UnexpectedAnswer)]
    public async Task Receive_SignedNonsense_IsCounted(string action, string context, DropReason reason)
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        alice.Transport.Bring(_mixnet.Node.Envelope(action, context, "{\"sender\": [], \"body\": null}"));
        await Eventually.True(() => alice.Client.Counters.Drops(reason) == 1);
    }

    [Fact]
    public async Task Receive_MutatedMessages_NeverEndTheClient()
    {
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await bob.Contacts.SaveAsync(new Contact { Username = "alice", PublicKey = People.Alice.Key.PublicKey }, CancellationToken.None);
        var contents = new[] { Vectors.Sends[0].ForwardContent, Vectors.Handshake.ForwardContent, "{\"nonce\": \"x\"}" };
        var actions = new[] { ("incomingMessage", "chat"), ("challenge", "login"), ("queryResponse", "query"), ("sendResponse", "chat") };
        var mutations = Gen.Select(Gen.Int[0, contents.Length - 1].Select(i => contents[i]), Gen.Int[0, actions.Length - 1].Select(i => actions[i]), Gen.Double[0, 1], Gen.Char, Gen.Bool);

        mutations.Sample(
            (content, action, where, what, isSigned) =>
            {
                var text = content.Remove((int)(where * (content.Length - 1)), 1).Insert((int)(where * (content.Length - 1)), char.IsSurrogate(what) ? "\\ud800" : $"{what}");
                var envelope = isSigned ? _mixnet.Node.Envelope(action.Item1, action.Item2, text) : Vectors.Direct.Message.Insert((int)(where * 500), $"{what}");
                bob.Transport.Bring(Encoding.UTF8.GetBytes(envelope));
            },
            iter: 300,
            threads: 1);

        bob.Transport.Bring(Vectors.Direct.Message);
        await bob.AfterAWhile(() => Drain(bob).Contains(Vectors.Direct.Plaintext));

        // A lane keeps few answers: in such a flood the right one can be lost, and is asked for again when the clock says so.
        Assert.NotNull((await bob.AfterAWhile(bob.Client.LookUpAsync("bob"))).Account);
    }

    [Fact]
    public async Task Logs_OfAWholeConversation_HoldNothingThatIdentifiesAnybody()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time);
        await using var bob = await Party.RegisteredAsync(_mixnet, People.Bob, _time);
        await bob.Client.SendHandshakeAsync("alice").Within();
        await alice.NextAsync();
        await alice.Client.SendAsync("bob", "canary-text").Within();
        await bob.NextAsync();
        alice.Transport.Bring(Vectors.Direct.Message);
        alice.Transport.Bring("{\"action\": \"canary\"}");
        await Eventually.True(() => alice.Client.Counters.Drops(DropReason.Malformed) == 1);
        await alice.AfterAWhile(() => bob.Client.Counters.Drops(DropReason.Duplicate) == 1);

        var logs = alice.Logs.Text + bob.Logs.Text;
        Assert.Contains("Malformed", logs, StringComparison.Ordinal);
        Assert.All(
            ["alice", "bob", "canary", bob.Transport.Address.ToBase58(), "PUBLIC KEY", "MFkw", "error:"],
            canary => Assert.DoesNotContain(canary, logs, StringComparison.OrdinalIgnoreCase));
    }

    private static List<string> Drain(Party party)
    {
        var texts = new List<string>();
        while (party.Client.Received.TryRead(out var message))
        {
            texts.Add(message.Text);
        }

        return texts;
    }
}
