using System.Text.Json;
using CsCheck;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.Gateway.Tests.Protocol;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Dispatch;

public sealed class DispatcherTests
{
    private const string Info = """{"action":"info"}""";

    [Fact]
    public async Task Handle_WhatAClientRegistersAndLogsInWith_ReachesTheDirectoryWithItsRoute()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var vectors = Vectors.Load();

        var challenge = await gateway.AskAsync(vectors.Requests["register"]);
        var registered = await gateway.AskAsync(vectors.Requests["registrationResponse"]);
        var loginChallenge = await gateway.AskAsync(vectors.Requests["login"]);
        var loggedIn = await gateway.AskAsync(vectors.Requests["loginResponse"]);

        const string nonce = $$"""{"nonce": "{{FakeAccounts.Nonce}}"}""";
        Assert.Equal(new Envelope("challenge", nonce, "registration"), challenge);
        Assert.Equal(new Envelope("challengeResponse", "success", "registration"), registered);
        Assert.Equal(new Envelope("challenge", nonce, "login"), loginChallenge);
        Assert.Equal(new Envelope("challengeResponse", "success", "login"), loggedIn);
        var asked = gateway.BackEnd.Accounts.Asked.ToArray();
        var begun = Assert.IsType<BeginRegistrationItem>(asked[0]);
        var completed = Assert.IsType<CompleteRegistrationItem>(asked[1]);
        Assert.Equal(("alice", vectors.Keys["alice"].Public), (begun.Username, begun.PublicKeyPem));
        Assert.Equal(("alice", vectors.Challenge.Signature), (completed.Username, completed.Signature));
        Assert.Equal("gw-1", begun.Route.GatewayId);
        Assert.Equal(gateway.NymClient.Run.ToByteString(), begun.Route.RunId);
        Assert.Equal(ScriptedNymClient.Tag(1).ToByteString(), begun.Route.SealedTag);
        Assert.Equal("alice", Assert.IsType<BeginLoginItem>(asked[2]).Username);
        Assert.Equal(begun.Route, Assert.IsType<CompleteLoginItem>(asked[3]).Route);
        gateway.Logs.AssertNoErrors();
    }

    [Theory]
    [InlineData("query", "\"username\":\"bob\"")]
    [InlineData("register", "\"usernym\":\"alice\",\"publicKey\":\"k\"")]
    [InlineData("registrationResponse", "\"signature\":\"00\"")]
    [InlineData("login", "\"usernym\":\"alice\"")]
    [InlineData("loginResponse", "\"signature\":\"00\"")]
    [InlineData("send", "\"content\":\"{}\",\"signature\":\"00\"")]
    [InlineData("send", "\"content\":5")]
    [InlineData("info", "\"x\":5")]
    public async Task Handle_RequestWithAReference_IsAnsweredWithIt(string action, string members)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), $$"""{"action":"{{action}}",{{members}},"ref":"mine-1"}""");
        using var answer = JsonDocument.Parse(await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1)));

        Assert.Equal(
            ["action", "content", "context", "signature", "ref"], answer.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("mine-1", answer.RootElement.GetProperty("ref").GetString());
    }

    [Fact]
    public async Task Handle_AClientsSend_ReachesTheRelayByteForByte()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        foreach (var vector in Vectors.Load().Sends)
        {
            Assert.Equal(new Envelope("sendResponse", "success", "chat"), await gateway.AskAsync(vector.Message));

            Assert.True(gateway.BackEnd.Relays.Forwarded.TryDequeue(out var item));
            Assert.Equal(vector.Content, item.Content.ToStringUtf8());
            Assert.Equal(vector.Signature, item.Signature);
            Assert.Equal(16, item.Context.RequestId.Length);
            Assert.Equal(gateway.NymClient.Run.ToByteString(), item.Arrival.RunId);
        }
    }

    [Fact]
    public async Task Handle_ChallengeAnswerWithoutMembers_ReachesTheDirectoryWithoutThem()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Accounts.OnCompleteLogin =
            item => item.HasUsername || item.HasSignature ? new() { LoggedIn = new LoggedIn() } : new() { InvalidSignature = new InvalidSignature() });

        Assert.Equal("error: invalid signature", (await gateway.AskAsync("""{"action":"loginResponse","signature":5}""")).Content);
    }

    [Fact]
    public async Task Handle_SignatureOfManyLetters_IsCutBeforeItTravels()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        await gateway.AskAsync($$"""{"action":"send","content":"{}","signature":"{{new string('a', 600_000)}}"}""");

        Assert.Equal(1024, gateway.BackEnd.Relays.Forwarded.Single().Signature.Length);
    }

    [Fact]
    public async Task Handle_TwoMessagesOfOneTag_InOrderWhileOtherTagsGoOn()
    {
        var held = new TaskCompletionSource<QueryOutcome>();
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Accounts.OnQuery = item =>
            item.Username == "first" ? held.Task : Task.FromResult(new QueryOutcome { NotFound = new NotFound() }));

        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), """{"action":"query","username":"first"}""");
        await Eventually.True(() => Names(gateway).Contains("first"));
        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), """{"action":"query","username":"second"}""");
        await gateway.AskAsync("""{"action":"query","username":"other"}""", tag: 2);

        Assert.Equal(["first", "other"], Names(gateway));
        held.SetResult(new QueryOutcome { Found = new AccountKey { Username = "first", PublicKeyPem = "pem\n" } });
        Assert.Contains("\"first\"", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content, StringComparison.Ordinal);
        Assert.Equal("No user found", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
        Assert.Equal(["first", "other", "second"], Names(gateway));
    }

    [Fact]
    public async Task Handle_OneTagFloods_OthersAreServedMeanwhile()
    {
        var held = new TaskCompletionSource<QueryOutcome>();
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Accounts.OnQuery = _ => held.Task);
        for (var i = 0; i < 1_000; i++)
        {
            gateway.NymClient.Receive(ScriptedNymClient.Tag(1), """{"action":"query","username":"bob"}""");
        }

        Assert.Equal("infoResponse", (await gateway.AskAsync(Info, tag: 2)).Action);

        held.SetResult(new QueryOutcome { NotFound = new NotFound() });
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal("No user found", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
        }
    }

    [Fact]
    public async Task Handle_Login_OpensTheMailboxOnlyAfterSuccessWasTaken()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Fate = _ => null;

        await gateway.AskAsync("""{"action":"loginResponse","signature":"00"}""");
        await gateway.AskAsync(Info, tag: 2);
        Assert.Empty(gateway.BackEnd.Mailboxes.Resumed);

        EndAll(gateway, ReplyFate.Taken);
        await Eventually.True(() => gateway.BackEnd.Mailboxes.Resumed.Count == 1);
        Assert.Equal(ScriptedNymClient.Tag(1).ToByteString(), gateway.BackEnd.Mailboxes.Resumed.Single().Route.SealedTag);
    }

    [Fact]
    public async Task Handle_LoginWhoseSuccessWasLost_LeavesTheMailboxShut()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Fate = reply => reply.Tag == ScriptedNymClient.Tag(1) ? ReplyFate.RunLost : ReplyFate.Taken;

        await gateway.AskAsync("""{"action":"loginResponse","signature":"00"}""", tag: 1);
        await gateway.AskAsync("""{"action":"loginResponse","signature":"00"}""", tag: 2);
        await Eventually.True(() => !gateway.BackEnd.Mailboxes.Resumed.IsEmpty);
        await gateway.StopAsync();

        Assert.Equal(ScriptedNymClient.Tag(2).ToByteString(), Assert.Single(gateway.BackEnd.Mailboxes.Resumed).Route.SealedTag);
    }

    [Theory]
    [InlineData("""{"action":"login","usernym":"alice"}""", 2)]
    [InlineData("""{"action":"loginResponse","signature":"00"}""", 2)]
    [InlineData("""{"action":"query","username":"bob"}""", 2)]
    [InlineData("""{"action":"send","content":"{}","signature":"00"}""", 1)]
    public async Task Handle_AnswerLostWithAConnection_GoesOutAgainUnlessItMayConfuse(string message, int times)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var lost = 0;
        gateway.NymClient.Fate = reply =>
            reply.Tag == ScriptedNymClient.Tag(1) && Interlocked.Increment(ref lost) == 1 ? ReplyFate.RunLost : ReplyFate.Taken;

        var first = await gateway.AskAsync(message);
        for (var i = 1; i < times; i++)
        {
            Assert.Equal(first, await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1)));
        }

        // Drained at a stop: nothing comes later.
        await gateway.StopAsync();
        Assert.Equal(times, lost);
    }

    [Fact]
    public async Task Handle_AnswerOfARunThatIsOver_DoesNotGoOutAgain()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Fate = _ => null;
        await gateway.AskAsync("""{"action":"query","username":"bob"}""");

        gateway.NymClient.StartRun();
        EndAll(gateway, ReplyFate.RunLost);
        await gateway.StopAsync();

        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)));
    }

    [Fact]
    public async Task Handle_LoginUnderWayAtAStop_IsSeenToItsEnd()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Fate = _ => null;
        await gateway.AskAsync("""{"action":"loginResponse","signature":"00"}""");

        var stopping = gateway.StopAsync();
        await Eventually.True(() => gateway.NymClient.IsIntakeClosed);
        EndAll(gateway, ReplyFate.Taken);
        await stopping.Within();

        Assert.Single(gateway.BackEnd.Mailboxes.Resumed);
    }

    [Theory]
    [InlineData("""{"action":"query","username":"bob"}""", "queryResponse", "query")]
    [InlineData("""{"action":"send","content":"{}","signature":"00"}""", "sendResponse", "chat")]
    public async Task Handle_ServiceThatFails_IsAnsweredWithoutItsText(string message, string action, string context)
    {
        const string canary = "canary-4711";
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd =>
        {
            var failure = new RpcException(new Status(StatusCode.InvalidArgument, canary));
            backEnd.Accounts.OnQuery = _ => throw failure;
            backEnd.Relays.OnForward = _ => throw failure;
        });

        Assert.Equal(new Envelope(action, "error: temporarily unavailable", context), await gateway.AskAsync(message));
        Assert.Equal("infoResponse", (await gateway.AskAsync(Info)).Action);
        Assert.DoesNotContain(canary, gateway.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_OutcomeOfALaterVersion_IsAnsweredAndLoggedWithoutContent()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Relays.OnForward = _ => new ForwardOutcome());

        var answer = await gateway.AskAsync(Vectors.Load().Sends[0].Message);

        Assert.Equal("error: temporarily unavailable", answer.Content);
        Assert.Contains("UnknownOutcomeException", gateway.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", gateway.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_ServicesThatStayAway_IsAnsweredAtTheDeadline()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            arguments: ["--Services:Relay=http://127.0.0.1:1"]);

        gateway.NymClient.Receive(ScriptedNymClient.Tag(1), """{"action":"send","content":"{}","signature":"00"}""");
        var others = await gateway.AskAsync("""{"action":"query","username":"bob"}""", tag: 2);

        Assert.Equal("No user found", others.Content);
        Assert.Equal("error: temporarily unavailable", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
    }

    [Fact]
    public async Task Handle_WhateverStrangersSend_GoesOn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        HostileMessages.All.Array[200].Sample(
            messages => Array.ForEach(messages, message => gateway.NymClient.Receive(ScriptedNymClient.Tag(9), message)), iter: 1, threads: 1);
        gateway.NymClient.Receive(null, Info);
        gateway.NymClient.Receive(ScriptedNymClient.Tag(9), [0xff, 0xfe]);
        gateway.NymClient.Receive(ScriptedNymClient.Tag(9), new string('[', 1_000_000));

        Assert.Equal("infoResponse", (await gateway.AskAsync(Info)).Action);
        gateway.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Handle_ManyTagsAtOnce_EachGetsItsOwnAnswers()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Accounts.OnQuery = item =>
            Task.FromResult(new QueryOutcome { Found = new AccountKey { Username = item.Username, PublicKeyPem = "pem" } }));
        for (var round = 0; round < 10; round++)
        {
            for (byte tag = 0; tag < 100; tag++)
            {
                gateway.NymClient.Receive(ScriptedNymClient.Tag(tag), $$"""{"action":"query","username":"u{{tag}}-{{round}}"}""");
            }
        }

        for (var round = 0; round < 10; round++)
        {
            for (byte tag = 0; tag < 100; tag++)
            {
                var answer = await gateway.NextAnswerAsync(ScriptedNymClient.Tag(tag));
                Assert.Contains($"\"u{tag}-{round}\"", answer.Content, StringComparison.Ordinal);
            }
        }
    }

    private static List<string> Names(GatewayUnderTest gateway) =>
        [.. gateway.BackEnd.Accounts.Asked.OfType<QueryItem>().Select(item => item.Username)];

    private static void EndAll(GatewayUnderTest gateway, ReplyFate fate)
    {
        while (gateway.NymClient.Open.TryDequeue(out var entry))
        {
            entry.End(fate);
        }
    }
}
