using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Google.Protobuf;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Tests.Fakes;
using NymDirectory.Signatures;
using NymDirectory.TestKit;
using Outcome = NymDirectory.Contracts.V1.ForwardOutcome.OutcomeOneofCase;

namespace NymDirectory.Relay.Tests.Forwarding;

public sealed class ForwardingTests : IAsyncLifetime
{
    private static readonly Vectors.MessageVector First = Vectors.Load().Sends[0];

    private Node _node = null!;

    public static TheoryData<string> SignatureRows => new(Vectors.Load().Signatures.Select(row => row.Name));

    public async Task InitializeAsync() => _node = await Node.StartAsync();

    public Task DisposeAsync() => _node.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(SignatureRows))]
    public async Task Forward_SignatureOfTheVectors_IsAcceptedOrRefused(string name)
    {
        var row = Vectors.Load().Signatures.Single(row => row.Name == name);
        _node.Directory.Register("alice", Vectors.Load().Keys[row.Key].Public);
        // The changed byte of one row makes its text no JSON any more, and that is checked first.
        var refusal = name == "one byte of the text changed" ? Outcome.InvalidContent : Outcome.InvalidSignature;
        Assert.Equal(row.Valid ? Outcome.Accepted : refusal, await _node.ForwardAsync(row.Text, row.Signature));
        Assert.Equal(row.Valid ? 1 : 0, _node.Directory.Accepts.Count);
    }

    [Fact]
    public async Task Forward_AnyByteOfTheBodyChanged_IsAnInvalidSignature()
    {
        var changed = First.Content.Replace("\"salt\": \"c", "\"salt\": \"d", StringComparison.Ordinal);
        Assert.NotEqual(First.Content, changed);
        Assert.Equal(Outcome.InvalidSignature, await _node.ForwardAsync(changed, First.Signature));
        Assert.Equal(Outcome.InvalidSignature, await _node.ForwardAsync(First.Content + " ", First.Signature));
    }

    [Fact]
    public async Task Forward_MessagesOfTheVectors_ReachTheDirectoryAsTheRecipientGetsThem()
    {
        var vectors = Vectors.Load();
        List<Vectors.MessageVector> messages = [.. vectors.Sends, vectors.Handshake];
        var items = messages.Select(message => Node.Item(message.Content, message.Signature)).ToArray();

        Assert.All(await _node.ForwardAsync(items), outcome => Assert.Equal(Outcome.Accepted, outcome));

        for (var i = 0; i < items.Length; i++)
        {
            var accepted = _node.Directory.Accepts.Single(accept => accept.Context.RequestId == items[i].Context.RequestId);
            Assert.Equal(messages[i].ForwardContent, accepted.RecipientContent.ToStringUtf8());
            Assert.Equal(SHA256.HashData(items[i].Content.Span)[..16], accepted.ContentHash.ToByteArray());
            Assert.Equal(_node.Directory.Accounts[accepted.Sender].KeyId, accepted.SenderKeyId);
            Assert.Equal(items[i].Arrival, accepted.Arrival);
            Assert.Equal(messages[i].ForwardContent.Contains("\"senderPublicKey\"", StringComparison.Ordinal), accepted.Introduces);
        }
    }

    [Fact]
    public async Task Forward_OneOfEachKind_OutcomesAreInTheirOrder()
    {
        using var key = SigningKey.Generate();
        _node.Directory.Register("carol", key.PublicKey.Pem);
        _node.Directory.Accept = item => item.Recipient switch
        {
            "nobody" => new AcceptOutcome { RecipientNotFound = new() },
            "full" => new AcceptOutcome { MailboxFull = new() },
            "again" => new AcceptOutcome { Settled = new() },
            _ => new AcceptOutcome { Pending = new() },
        };
        ForwardItem Signed(string content) => Node.Item(content, key.SignHex(Encoding.UTF8.GetBytes(content)));

        var outcomes = await _node.ForwardAsync(
            Node.Item("not json", ""),
            Node.Item("[1]", ""),
            Node.Item("""{"sender":"nobody","recipient":"bob"}""", ""),
            Node.Item("""{"sender":"carol\ud800","recipient":"bob"}""", ""),
            Node.Item("""{"sender":"carol","recipient":"nobody"}""", "00"),
            Signed("""{"sender":"carol","recipient":"nobody"}"""),
            Signed("""{"sender":"carol","recipient":"full"}"""),
            Signed("""{"sender":"carol","recipient":"again"}"""),
            Signed("""{"sender":"carol","recipient":"bob\ud800"}"""),
            Signed("""{"sender":"carol","recipient":"bob","body":"ü"}"""));

        Assert.Equal(
            [
                Outcome.InvalidContent, Outcome.MissingSenderOrRecipient, Outcome.UnrecognizedSender, Outcome.UnrecognizedSender,
                Outcome.InvalidSignature, Outcome.RecipientNotFound, Outcome.MailboxFull, Outcome.Accepted, Outcome.Accepted, Outcome.Accepted,
            ],
            outcomes);
        Assert.Contains(_node.Directory.Accepts, accept => accept.Recipient == "bob\uFFFD");
    }

    [Fact]
    public Task Forward_HostileContents_AlwaysHaveAnOutcome()
    {
        HashSet<Outcome> possible =
            [Outcome.InvalidContent, Outcome.MissingSenderOrRecipient, Outcome.UnrecognizedSender, Outcome.InvalidSignature];
        _node.Directory.Register("a", Vectors.Load().Keys["alice"].Public);
        return HostileJson.Text.Array[1, 32].SampleAsync(
            async texts =>
            {
                var outcomes = await _node.ForwardAsync([.. texts.Select(text => Node.Item(text, First.Signature))]);
                Assert.Equal(texts.Length, outcomes.Count);
                Assert.All(outcomes, outcome => Assert.Contains(outcome, possible));
            },
            iter: 50,
            threads: 2);
    }

    [Fact]
    public async Task Forward_KeyChanged_ChecksWithTheNewOneAndAcceptsOnce()
    {
        var alice = _node.Directory.Accounts["alice"];
        using var older = SigningKey.Generate();
        _node.Directory.Register("alice", older.PublicKey.Pem);
        Assert.Equal(Outcome.Accepted, await SendAsync(older, """{"sender":"alice","recipient":"bob","body":1}"""));

        _node.Directory.Accounts["alice"] = alice;
        _node.Directory.Accept = item => item.SenderKeyId == alice.KeyId
            ? new AcceptOutcome { Pending = new() }
            : new AcceptOutcome { KeyChanged = alice };

        // Signed with the key that is in the cache, but no longer the sender's.
        Assert.Equal(Outcome.InvalidSignature, await SendAsync(older, """{"sender":"alice","recipient":"bob","body":2}"""));
        // The cache has learned the new one.
        Assert.Equal(Outcome.Accepted, await _node.ForwardAsync(First.Content, First.Signature));
        Assert.Equal(alice.KeyId, _node.Directory.Accepts.Last().SenderKeyId);
    }

    [Fact]
    public async Task Forward_KeyChangedBeforeTheCacheKnew_ANewSignatureIsAcceptedAtOnce()
    {
        var alice = _node.Directory.Accounts["alice"];
        using var older = SigningKey.Generate();
        _node.Directory.Register("alice", older.PublicKey.Pem);
        await SendAsync(older, """{"sender":"alice","recipient":"bob","body":1}""");
        _node.Directory.Accounts["alice"] = alice;

        Assert.Equal(Outcome.Accepted, await _node.ForwardAsync(First.Content, First.Signature));
    }

    [Fact]
    public async Task Forward_KeyChangesForEver_IsAnInvalidSignature()
    {
        _node.Directory.Accept = _ => new AcceptOutcome { KeyChanged = _node.Directory.Accounts["alice"] };
        Assert.Equal(Outcome.InvalidSignature, await _node.ForwardAsync(First.Content, First.Signature));
        Assert.Equal(2, _node.Directory.Accepts.Count);
        Assert.Single(_node.Directory.Accepts.Select(accept => accept.Context.RequestId).Distinct());
    }

    [Fact]
    public async Task Forward_AList_IsAcceptedInOneCallAndOnlyWhatPasses()
    {
        var good = Enumerable.Range(0, 30).Select(_ => Node.Item(First.Content, First.Signature));

        var outcomes = await _node.ForwardAsync([.. good, Node.Item("no JSON", ""), Node.Item(First.Content, "00")]);

        Assert.Equal((30, Outcome.InvalidContent, Outcome.InvalidSignature), (outcomes.Count(outcome => outcome == Outcome.Accepted), outcomes[30], outcomes[31]));
        Assert.Equal([30], _node.Directory.AcceptCalls);
    }

    [Fact]
    public async Task Forward_KeyChangedOfSomeInAList_OnlyTheseAreAcceptedAnew()
    {
        var alice = _node.Directory.Accounts["alice"];
        using var older = SigningKey.Generate();
        _node.Directory.Register("alice", older.PublicKey.Pem);
        Assert.Equal(Outcome.Accepted, await SendAsync(older, """{"sender":"alice","recipient":"bob","body":1}"""));
        _node.Directory.AcceptCalls.Clear();
        _node.Directory.Accounts["alice"] = alice;
        _node.Directory.Accept = item => item.SenderKeyId == alice.KeyId || item.Sender != "alice"
            ? new AcceptOutcome { Pending = new() }
            : new AcceptOutcome { KeyChanged = alice };
        using var carols = SigningKey.Generate();
        _node.Directory.Register("carol", carols.PublicKey.Pem);
        const string OfAlice = """{"sender":"alice","recipient":"bob","body":2}""";
        const string OfCarol = """{"sender":"carol","recipient":"bob"}""";

        // Of alice one with the key that the cache still has, and one with the new one.
        var outcomes = await _node.ForwardAsync(
            Node.Item(OfAlice, older.SignHex(Encoding.UTF8.GetBytes(OfAlice))),
            Node.Item(OfCarol, carols.SignHex(Encoding.UTF8.GetBytes(OfCarol))),
            Node.Item(First.Content, First.Signature));

        Assert.Equal([Outcome.InvalidSignature, Outcome.Accepted, Outcome.Accepted], outcomes);
        // The first was asked about with the old key, and did not fit the new one.
        Assert.Equal([3], _node.Directory.AcceptCalls);
    }

    [Fact]
    public async Task Forward_SenderGone_IsUnrecognizedAndForgotten()
    {
        await _node.ForwardAsync(First.Content, First.Signature);
        Assert.Equal(1, _node.Get<SenderKeys>().KnownCount);

        _node.Directory.Accept = _ => new AcceptOutcome { UnknownSender = new() };
        Assert.Equal(Outcome.UnrecognizedSender, await _node.ForwardAsync(First.Content, First.Signature));
        Assert.Equal(0, _node.Get<SenderKeys>().KnownCount);
    }

    [Fact]
    public async Task Forward_KnownSender_IsLookedUpOnce()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Outcome.Accepted, await _node.ForwardAsync(First.Content, First.Signature));
        }

        Assert.Single(_node.Directory.Queries);
    }

    [Fact]
    public async Task Forward_UnknownName_IsNotKept()
    {
        var alice = _node.Directory.Accounts["alice"];
        _node.Directory.Accounts.Clear();
        Assert.Equal(Outcome.UnrecognizedSender, await _node.ForwardAsync(First.Content, First.Signature));
        Assert.Equal(0, _node.Get<SenderKeys>().KnownCount);

        _node.Directory.Accounts["alice"] = alice;
        Assert.Equal(Outcome.Accepted, await _node.ForwardAsync(First.Content, First.Signature));
    }

    [Fact]
    public async Task Forward_ManyOfOneNameAtOnce_ShareOneLookUp()
    {
        var gate = new TaskCompletionSource();
        _node.Directory.BeforeQuery = gate.Task;
        var items = Enumerable.Range(0, 32).Select(_ => Node.Item(First.Content, First.Signature)).ToArray();
        var calls = Enumerable.Range(0, 2).Select(_ => _node.ForwardAsync(items)).ToList();
        await Eventually.True(() => !_node.Directory.Queries.IsEmpty);
        gate.SetResult();

        Assert.All((await Task.WhenAll(calls).Within()).SelectMany(outcomes => outcomes), outcome => Assert.Equal(Outcome.Accepted, outcome));
        Assert.Single(_node.Directory.Queries);
    }

    [Fact]
    public async Task Forward_OneWhoStopsWaiting_DoesNotEndTheOthersLookUp()
    {
        var gate = new TaskCompletionSource();
        _node.Directory.BeforeQuery = gate.Task;
        using var impatient = new CancellationTokenSource();
        var request = new ForwardRequest { Items = { Node.Item(First.Content, First.Signature) } };
        var first = _node.Client.ForwardAsync(request, cancellationToken: impatient.Token).ResponseAsync;
        await Eventually.True(() => !_node.Directory.Queries.IsEmpty);
        var second = _node.ForwardAsync(First.Content, First.Signature);

        await impatient.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => first)).StatusCode);
        gate.SetResult();

        Assert.Equal(Outcome.Accepted, await second.Within());
    }

    [Fact]
    public async Task Forward_DamagedKeyInTheDirectory_HarmsItsOwnerOnly()
    {
        _node.Directory.Accounts["bob"].PublicKeyPem = Vectors.Load().BadPublicKeys[0].Pem;
        var outcomes = await _node.ForwardAsync(
            Node.Item("""{"sender":"bob","recipient":"alice"}""", First.Signature), Node.Item(First.Content, First.Signature));
        Assert.Equal([Outcome.UnrecognizedSender, Outcome.Accepted], outcomes);
        Assert.Single(_node.Logs.Entries, entry => entry.Level == Microsoft.Extensions.Logging.LogLevel.Error);
        _node.ExpectedErrors = ["not a P-256 key"];
    }

    [Fact]
    public async Task Forward_BrokenRequests_AreInvalidArguments()
    {
        var good = Node.Item(First.Content, First.Signature);
        await AssertInvalidAsync();
        await AssertInvalidAsync([.. Enumerable.Repeat(good, 33)]);
        await AssertInvalidAsync(good, new ForwardItem(good) { Context = null });
        await AssertInvalidAsync(new ForwardItem(good) { Context = new ItemContext { RequestId = ByteString.CopyFromUtf8("short") } });
        await AssertInvalidAsync(new ForwardItem(good) { Arrival = null });
        await AssertInvalidAsync(new ForwardItem(good) { Arrival = new Route(good.Arrival) { SealedTag = ByteString.Empty } });
        await AssertInvalidAsync(new ForwardItem(good) { Arrival = new Route(good.Arrival) { GatewayId = "gate way" } });
        await AssertInvalidAsync(new ForwardItem(good) { Content = ByteString.CopyFrom(new byte[(128 * 1024) + 1]) });
        Assert.Empty(_node.Directory.Accepts);
    }

    [Fact]
    public async Task Forward_LargestContent_IsAccepted()
    {
        using var key = SigningKey.Generate();
        _node.Directory.Register("carol", key.PublicKey.Pem);
        const string Frame = """{"sender":"carol","recipient":"bob","body":"%"}""";
        var content = Frame.Replace("%", new string('x', (128 * 1024) - Frame.Length + 1), StringComparison.Ordinal);
        Assert.Equal(128 * 1024, content.Length);
        Assert.Equal(Outcome.Accepted, await SendAsync(key, content));

        // The one form that grows: no body, but a key. The Directory would refuse the whole list.
        const string Growing = """{"sender":"carol","recipient":"b","senderPublicKey":"%"}""";
        var larger = Growing.Replace("%", new string('x', (128 * 1024) - Growing.Length + 1), StringComparison.Ordinal);
        Assert.Equal(Outcome.InvalidContent, await SendAsync(key, larger));
    }

    private Task<Outcome> SendAsync(SigningKey key, string content) =>
        _node.ForwardAsync(content, key.SignHex(Encoding.UTF8.GetBytes(content)));

    private async Task AssertInvalidAsync(params ForwardItem[] items)
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => _node.ForwardAsync(items));
        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
    }
}
