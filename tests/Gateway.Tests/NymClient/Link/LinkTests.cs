using NymDirectory.Gateway.NymClient;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Link;

/// <summary>The link against nym-client's side of the wire, as somebody else's nym-client.</summary>
public sealed class LinkTests : IAsyncLifetime, IDisposable
{
    private static readonly NymAddress Self = NymAddress.FromBytes([.. Enumerable.Range(0, NymAddress.Size).Select(i => (byte)i)]);
    private static readonly SenderTag OwnTag = TagOf(200);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeNymClientServer _server = new();
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(
        _folder.Path,
        null,
        ("NymClient:Managed", "false"),
        ("NymClient:Port", $"{_server.Endpoint.Port}"),
        ("NymClient:StoreCheckPatience", "00:00:01"),
        ("NymClient:LaneConfirmation", "00:00:00"),
        ("NymClient:DrainTime", "00:00:20"));

    public async Task DisposeAsync()
    {
        int probes = _server.Probes;
        await _server.DisposeAsync();
        await _node.DisposeAsync();
        Assert.Equal(0, probes);
        _node.Logs.AssertNoErrors();
        Assert.DoesNotContain(Self.ToBase58(), _node.Logs.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Connect_AddressNotToldYet_IsNotReady()
    {
        var peer = await _server.AcceptAsync().Within();
        Assert.IsType<SelfAddressRequest>(await peer.ReadAsync().Within());
        Assert.False(_node.Status.Ready);
        Assert.False(File.Exists(_folder.File("nym_address.txt")));

        await peer.SendAsync(new SelfAddressResponse(Self));

        await _node.ReadyAsync();
        Assert.Equal(Self, _node.Status.Address);
        Assert.Equal(Self.ToBase58(), File.ReadAllText(_folder.File("nym_address.txt")));
        Assert.NotNull(_node.Status.Run);
    }

    [Fact]
    public async Task Receive_TagAndNone_ReachTheIntakeSealed()
    {
        var peer = await BecomeReadyAsync();
        await peer.SendAsync(new ReceivedResponse(new byte[] { 1 }, TagOf(1)));
        await peer.SendAsync(new ReceivedResponse(new byte[] { 2 }, null), text: false);

        var messages = await TakeAsync(2).Within();

        Assert.Equal([_node.Sealer.Seal(TagOf(1)), null], messages.Select(message => message.Tag));
        Assert.All(messages, message => Assert.Equal(_node.Status.Run, message.Run));
        Assert.Equal(1, messages[0].Message.Span[0]);
    }

    [Fact]
    public async Task Reconnect_ReplyToOurOwnTagArrives_GoesOn()
    {
        var first = await BecomeReadyAsync();
        var run = _node.Status.Run;
        first.Drop();

        var second = await AnswerAddressAsync();
        var asked = Assert.IsType<ReplyRequest>(await second.ReadAsync().Within());
        Assert.Equal(OwnTag, asked.SenderTag);
        await second.SendAsync(new ReceivedResponse(new byte[] { 7 }, TagOf(1)));
        await second.SendAsync(new LaneQueueLengthResponse(asked.ConnectionId!.Value, 0));
        Assert.False(_node.Status.Ready);
        Assert.Equal(0, _node.Intake.Depth);
        await second.SendAsync(new ReceivedResponse(asked.Message, null));

        await _node.ReadyAsync();
        Assert.Equal(run, _node.Status.Run);
        Assert.Equal(run, (await TakeAsync(1).Within())[0].Run);
        Assert.Equal(0, _node.Intake.Depth);
    }

    [Fact]
    public async Task Reconnect_ReplyToOurOwnTagDoesNotArrive_IsANewRun()
    {
        var first = await BecomeReadyAsync();
        var run = _node.Status.Run;
        first.Drop();

        var second = await AnswerAddressAsync();
        var asked = Assert.IsType<ReplyRequest>(await second.ReadAsync().Within());
        await second.SendAsync(new ReceivedResponse(new byte[] { 7 }, TagOf(1)));
        await second.SendAsync(new LaneQueueLengthResponse(asked.ConnectionId!.Value, 0));

        await _node.ReadyAsync();
        Assert.NotEqual(run, _node.Status.Run);
        Assert.Equal(_node.Status.Run, (await TakeAsync(1).Within())[0].Run);
    }

    [Fact]
    public async Task GatewayStartedAnew_OwnTagStillAnswers_GoesOn()
    {
        var former = await BecomeReadyAsync();
        var run = _node.Status.Run;
        _ = former.ServeAsync(_ => null);
        await _node.DisposeAsync();
        _node.Logs.AssertNoErrors();

        await InitializeAsync();
        var peer = await AnswerAddressAsync();
        var asked = Assert.IsType<ReplyRequest>(await peer.ReadAsync().Within());
        await peer.SendAsync(new LaneQueueLengthResponse(asked.ConnectionId!.Value, 0));
        await peer.SendAsync(new ReceivedResponse(asked.Message, null));

        await _node.ReadyAsync();
        Assert.Equal(run, _node.Status.Run);
    }

    [Fact]
    public async Task Replies_MoreThanMayBeUnanswered_WaitForAnswers()
    {
        var peer = await BecomeReadyAsync();
        var fates = Enumerable.Range(0, 40).Select(i => _node.Outbox.TryPostDelivery(Reply((byte)i))!).ToList();

        var first = (await peer.ReadAsync(32).Within()).Cast<ReplyRequest>().ToList();
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (byte)i), first.Select(request => request.Message.Span[0]));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => TagOf((byte)i)), first.Select(request => request.SenderTag));
        Assert.Equal(32, first.Select(request => request.ConnectionId).Distinct().Count());
        Assert.Equal(8, _node.Outbox.DeliveriesWaiting);
        Assert.DoesNotContain(fates, fate => fate.IsCompleted);

        _ = peer.ServeAsync(request => FakeNymClientPeer.Usual(request, Self));
        foreach (var request in first)
        {
            await peer.SendAsync(new LaneQueueLengthResponse(request.ConnectionId!.Value, 0));
        }

        Assert.All(await Task.WhenAll(fates).Within(), fate => Assert.Equal(ReplyFate.Taken, fate));
    }

    [Fact]
    public async Task Replies_BothLanes_LeaveInTurn()
    {
        var first = await BecomeReadyAsync();
        first.Drop();
        var second = await AnswerAddressAsync();
        var asked = Assert.IsType<ReplyRequest>(await second.ReadAsync().Within());

        // Nothing leaves while the run is being found out, so both lanes fill.
        for (byte i = 0; i < 4; i++)
        {
            Assert.NotNull(_node.Outbox.TryPostDelivery(Reply((byte)(10 + i))));
            await _node.Outbox.PostAnswerAsync(Reply(i), CancellationToken.None);
        }

        await second.SendAsync(new LaneQueueLengthResponse(asked.ConnectionId!.Value, 0));
        await second.SendAsync(new ReceivedResponse(asked.Message, null));

        var sent = (await second.ReadAsync(9).Within()).OfType<ReplyRequest>().Select(request => (int)request.Message.Span[0]);
        Assert.Equal([0, 10, 1, 11, 2, 12, 3, 13], sent);
    }

    [Fact]
    public async Task Replies_SameTag_ShareOneLane()
    {
        var peer = await BecomeReadyAsync();
        _ = _node.Outbox.TryPostDelivery(Reply(5));
        _ = _node.Outbox.TryPostDelivery(Reply(5));
        _ = _node.Outbox.TryPostDelivery(Reply(6));

        var lanes = (await peer.ReadAsync(3).Within()).Select(request => ((ReplyRequest)request).ConnectionId!.Value).ToList();

        Assert.Equal(lanes[0], lanes[1]);
        Assert.NotEqual(lanes[0], lanes[2]);
        Assert.DoesNotContain(0UL, lanes);
    }

    [Fact]
    public async Task Replies_NymClientRefuses_AreRefused()
    {
        var peer = await BecomeReadyAsync();
        var fate = _node.Outbox.TryPostDelivery(Reply(1))!;
        await peer.ReadAsync().Within();

        await peer.SendAsync(new ErrorResponse(NymErrorCode.MalformedRequest, "CANARY"));

        Assert.Equal(ReplyFate.Refused, await fate.Within());
        Assert.DoesNotContain("CANARY", _node.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_ConnectionDropped_UnansweredOnesGoBackToWaiting()
    {
        var peer = await BecomeReadyAsync();
        var fates = Enumerable.Range(0, 5).Select(i => _node.Outbox.TryPostDelivery(Reply((byte)i))!).ToList();
        var first = (ReplyRequest)(await peer.ReadAsync(5).Within())[0];
        await peer.SendAsync(new LaneQueueLengthResponse(first.ConnectionId!.Value, 0));
        Assert.Equal(ReplyFate.Taken, await fates[0].Within());

        peer.Drop();

        Assert.All(await Task.WhenAll(fates.Skip(1)).Within(), fate => Assert.Equal(ReplyFate.RunLost, fate));
    }

    [Fact]
    public async Task Replies_OfAnotherRun_AreNeverSent()
    {
        var peer = await BecomeReadyAsync();
        var stale = _node.Outbox.TryPostDelivery(Reply(1) with { Run = RunId.New() })!;
        Assert.Equal(ReplyFate.RunLost, await stale.Within());

        _ = _node.Outbox.TryPostDelivery(Reply(2));

        Assert.Equal(2, ((ReplyRequest)(await peer.ReadAsync().Within())!).Message.Span[0]);
    }

    [Fact]
    public async Task Receive_PeerThatDoesNotRead_GoesOn()
    {
        var peer = await BecomeReadyAsync();
        var fates = Enumerable.Range(0, 32).Select(i => _node.Outbox.TryPostDelivery(Reply((byte)i, 512 * 1024))!).ToList();

        // 16 MB are on their way to somebody who does not read; what comes from there is read all the same.
        for (byte i = 0; i < 100; i++)
        {
            await peer.SendAsync(new ReceivedResponse(new byte[10_000], TagOf(i))).Within();
        }

        await TakeAsync(100).Within();
        Assert.DoesNotContain(fates, fate => fate.IsCompleted);
        _ = peer.ServeAsync(request => FakeNymClientPeer.Usual(request, Self));
        Assert.All(await Task.WhenAll(fates).Within(), fate => Assert.Equal(ReplyFate.Taken, fate));
    }

    [Fact]
    public async Task Stop_RepliesQueued_AreHandedOverFirst()
    {
        var peer = await BecomeReadyAsync();
        var fates = Enumerable.Range(0, 50).Select(i => _node.Outbox.TryPostDelivery(Reply((byte)i))!).ToList();

        var stopping = _node.StopAsync();
        await Eventually.True(() => !_node.Intake.TryAdd(new InboundMessage(null, RunId.New(), new byte[1], 0)));
        _ = peer.ServeAsync(request => FakeNymClientPeer.Usual(request, Self));

        var all = await Task.WhenAll(fates).Within();
        Assert.True(all.All(fate => fate == ReplyFate.Taken), _node.Logs.Text);
        await stopping.Within();
        Assert.False(_node.Status.Ready);
    }

    private static SenderTag TagOf(byte mark) => SenderTag.FromBytes([.. Enumerable.Repeat(mark, SenderTag.Size)]);

    private OutboundReply Reply(byte mark, int size = 1)
    {
        byte[] message = new byte[size];
        message[0] = mark;
        return new OutboundReply(_node.Sealer.Seal(TagOf(mark)), _node.Status.Run!.Value, message);
    }

    private async Task<FakeNymClientPeer> AnswerAddressAsync()
    {
        var peer = await _server.AcceptAsync().Within();
        Assert.IsType<SelfAddressRequest>(await peer.ReadAsync().Within());
        await peer.SendAsync(new SelfAddressResponse(Self));
        return peer;
    }

    /// <summary>The first connection: the address, then the Gateway's message to itself.</summary>
    private async Task<FakeNymClientPeer> BecomeReadyAsync()
    {
        var peer = await AnswerAddressAsync();
        var toSelf = Assert.IsType<SendAnonymousRequest>(await peer.ReadAsync().Within());
        Assert.Equal(Self, toSelf.Recipient);
        Assert.Equal(30u, toSelf.ReplySurbs);
        await peer.SendAsync(new LaneQueueLengthResponse(toSelf.ConnectionId!.Value, 0));
        await peer.SendAsync(new ReceivedResponse(toSelf.Message, OwnTag));
        await Eventually.True(() => _node.Get<Gateway.NymClient.Runs.RunKeeper>().OwnTag == _node.Sealer.Seal(OwnTag));
        await _node.ReadyAsync();
        return peer;
    }

    private async Task<List<InboundMessage>> TakeAsync(int count)
    {
        var messages = new List<InboundMessage>();
        await foreach (var message in _node.Intake.ReadAllAsync(CancellationToken.None))
        {
            messages.Add(message);
            if (messages.Count == count)
            {
                break;
            }
        }

        return messages;
    }
}
