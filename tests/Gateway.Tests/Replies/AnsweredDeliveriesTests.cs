using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Keys;
using NymDirectory.Gateway.Replies;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.Gateway.Tests.Protocol;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Replies;

/// <summary>Messages that come back with the Relay's answer.</summary>
public sealed class AnsweredDeliveriesTests
{
    private const byte Sender = 1;
    private const byte Recipient = 2;
    private const string Send = """{"action":"send","content":"{}","signature":"00"}""";
    private const string Content = """{"sender": "a", "body": null}""";

    private static readonly ByteString Lease = ByteString.CopyFrom(new byte[16]);

    [Fact]
    public async Task Forward_DeliveryInTheAnswer_IsSentSignedAndReportedTaken()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var asked = false;
        gateway.BackEnd.Relays.OnDeliver = request =>
        {
            asked = request.TakesDeliveries;
            return [Item(gateway)];
        };

        Assert.Equal("success", (await gateway.AskAsync(Send, Sender)).Content);

        Assert.True(asked);
        Assert.Equal(new Envelope("incomingMessage", Content, "chat"), await gateway.NextAnswerAsync(ScriptedNymClient.Tag(Recipient)));
        await Eventually.True(() => !gateway.BackEnd.Mailboxes.Settled.IsEmpty);
        var settled = Assert.Single(gateway.BackEnd.Mailboxes.Settled);
        Assert.Equal((7UL, Fate.Taken, Lease), (settled.DeliveryId, settled.Fate, settled.LeaseId));
        gateway.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Forward_DeliveryOfAnotherRun_IsReportedAndTheAnswerStands()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var old = Item(gateway);
        old.Route.RunId = ByteString.CopyFrom(new byte[16]);
        gateway.BackEnd.Relays.OnDeliver = _ => [old];

        Assert.Equal("success", (await gateway.AskAsync(Send, Sender)).Content);

        await Eventually.True(() => !gateway.BackEnd.Mailboxes.Settled.IsEmpty);
        Assert.Equal((7UL, Fate.RunLost), (gateway.BackEnd.Mailboxes.Settled.Single().DeliveryId, gateway.BackEnd.Mailboxes.Settled.Single().Fate));
    }

    [Fact]
    public async Task Forward_DeliveryThatBreaksTheContract_HarmsNeitherTheAnswerNorTheOthers()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var broken = Item(gateway);
        broken.Route = null;
        gateway.BackEnd.Relays.OnDeliver = _ => [broken, Item(gateway, id: 8)];

        Assert.Equal("success", (await gateway.AskAsync(Send, Sender)).Content);

        Assert.Equal(Content, (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(Recipient))).Content);
        await Eventually.True(() => !gateway.BackEnd.Mailboxes.Settled.IsEmpty);
        Assert.Equal(8UL, Assert.Single(gateway.BackEnd.Mailboxes.Settled).DeliveryId);
        gateway.Logs.AssertNoErrors("a delivery that breaks the contract");
    }

    [Fact]
    public async Task Forward_DeliveryThatCannotBeSigned_IsAsIfItHadNeverCome()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.BackEnd.Relays.OnDeliver = _ => [Item(gateway)];
        gateway.Get<NodeKey>().Key.Dispose();

        gateway.NymClient.Receive(ScriptedNymClient.Tag(Sender), Send);
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(Sender));

        // Remembered as pending it would be held for queued whenever it comes again, until the run ends.
        Assert.Equal(0, gateway.Get<DeliveryMemory>().Count);
        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(Recipient)));
        gateway.Logs.AssertNoErrors("A delivery failed");
    }

    [Fact]
    public async Task Forward_AnswerDuringAStop_ItsDeliveriesWaitForTheLeaseAndTheAnswerStands()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var answer = new TaskCompletionSource();
        gateway.BackEnd.Relays.OnDeliver = _ =>
        {
            answer.Task.Wait();
            return [Item(gateway)];
        };
        gateway.NymClient.Receive(ScriptedNymClient.Tag(Sender), Send);
        await Eventually.True(() => !gateway.BackEnd.Relays.Forwarded.IsEmpty);

        var stopping = gateway.StopAsync();
        await Eventually.True(() => gateway.NymClient.IsIntakeClosed);
        answer.SetResult();

        Assert.Equal("success", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(Sender))).Content);
        await stopping;
        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(Recipient)));
        Assert.Empty(gateway.BackEnd.Mailboxes.Settled);
        gateway.Logs.AssertNoErrors();
    }

    private static ReplyItem Item(GatewayUnderTest gateway, ulong id = 7) => new()
    {
        DeliveryId = id,
        LeaseId = Lease,
        Route = new Route
        {
            GatewayId = "gw-1",
            RunId = gateway.NymClient.Run.ToByteString(),
            SealedTag = ScriptedNymClient.Tag(Recipient).ToByteString(),
        },
        RecipientContent = ByteString.CopyFromUtf8(Content),
    };
}
