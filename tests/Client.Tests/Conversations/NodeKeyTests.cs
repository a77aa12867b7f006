using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class NodeKeyTests
{
    private static readonly NymChatClientOptions Unknown = Party.Options with { NodeKey = null };

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryMixnet _mixnet = new();

    [Fact]
    public async Task FirstRequest_KeyUnknown_PinsTheKeyOfTheFirstAnswer()
    {
        await using var alice = await Party.RegisteredAsync(_mixnet, People.Alice, _time, Unknown);
        Assert.Equal(People.NodeKey.PublicKey, alice.NodeKeys.Key);
        await alice.Client.LookUpAsync("bob").Within();
        Assert.Single(_mixnet.Node.RequestsOf("info"));
    }

    [Fact]
    public async Task FirstRequest_InfoNotSignedByItsKey_IsNotPinned()
    {
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time, Unknown);
        _mixnet.Node.LoseRequest = request =>
        {
            var honest = _mixnet.Node.Envelope("infoResponse", "node", "{}");
            using var other = SigningKey.Generate();
            request.From.Bring(honest.Replace("\"{}\"", $"\"{{\\\"publicKey\\\": \\\"{other.PublicKey.Pem.Replace("\n", "\\\\n", StringComparison.Ordinal)}\\\"}}\"", StringComparison.Ordinal));
            return true;
        };

        await Assert.ThrowsAsync<NodeSilentException>(() => alice.AfterAWhile(alice.Client.RegisterAsync()));
        Assert.Null(alice.NodeKeys.Key);
    }

    [Fact]
    public async Task LaterRun_PinnedKey_IsUsedAndAnotherIsNotBelieved()
    {
        using var other = SigningKey.Generate();
        var transport = _mixnet.Join();
        var store = new InMemoryNodeKeyStore();
        await store.PinAsync(People.NodeKey.PublicKey, CancellationToken.None);
        await using var client = await NymChatClient.StartAsync(
            People.Alice, transport, new InMemoryContactStore(), Unknown with { Attempts = 1 }, store, _time);
        _mixnet.Node.Key = other;

        var lookUp = client.LookUpAsync("bob");
        await Eventually.True(() => client.Counters.Drops(DropReason.NodeSignature) == 1);
        _time.Advance(Unknown.AnswerTimeout);

        await Assert.ThrowsAsync<NodeSilentException>(() => lookUp.Within());
        Assert.Empty(_mixnet.Node.RequestsOf("info"));
    }

    [Fact]
    public async Task BeforeTheKeyIsKnown_NothingIsBelieved()
    {
        await using var alice = await Party.StartAsync(_mixnet, People.Alice, _time, Unknown);
        alice.Transport.Bring(_mixnet.Node.Envelope("queryResponse", "query", "No user found"));
        await Eventually.True(() => alice.Client.Counters.Drops(DropReason.NodeKeyUnknown) == 1);
    }

    [Fact]
    public async Task Start_NeitherKeyNorStore_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(
        () => NymChatClient.StartAsync(People.Alice, _mixnet.Join(), new InMemoryContactStore(), Unknown));

    [Fact]
    public async Task Start_OptionOutOfRange_IsRefused() => await Assert.ThrowsAsync<System.ComponentModel.DataAnnotations.ValidationException>(
        () => NymChatClient.StartAsync(People.Alice, _mixnet.Join(), new InMemoryContactStore(), Party.Options with { Attempts = 0 }));
}
