using System.Text;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Tests.Rig;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Client;

public sealed class RoundTripTests : IAsyncLifetime
{
    private LocalMixnet _mixnet = null!;
    private RunningClient _a = null!;
    private RunningClient _b = null!;
    private Application _alice = null!;
    private Application _bob = null!;

    public async Task InitializeAsync()
    {
        _mixnet = await LocalMixnet.StartAsync();
        (_a, _b) = (await _mixnet.ClientAsync("a"), await _mixnet.ClientAsync("b"));
        (_alice, _bob) = (await Application.ConnectAsync(_a.Endpoint), await Application.ConnectAsync(_b.Endpoint));
    }

    public async Task DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _mixnet.DisposeAsync();
        _a.Logs.AssertNoErrors();
        _b.Logs.AssertNoErrors();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reply_ToAnAnonymousMessage_ComesBack(bool text)
    {
        var tag = await WriteToBobAsync(replyBlocks: 20, text);

        await _bob.SendAsync(new ReplyRequest(tag, "grüße"u8.ToArray(), 9), text);

        Assert.Equal((new LaneQueueLengthResponse(9, 0), text), await _bob.ReadAsync());
        var (response, cameAsText) = await _alice.ReadAsync();
        var received = Assert.IsType<ReceivedResponse>(response);
        Assert.Equal("grüße", Encoding.UTF8.GetString(received.Message.Span));
        Assert.Null(received.SenderTag);
        Assert.Equal(text, cameAsText);
    }

    [Fact]
    public async Task Reply_WithExactlyTenBlocks_ComesAfterAnExtraRoundTrip()
    {
        var tag = await WriteToBobAsync(replyBlocks: 10);

        await _bob.SendAsync(new ReplyRequest(tag, "hello"u8.ToArray(), 9));

        Assert.Equal(9UL, (await _bob.ReadAsync<LaneQueueLengthResponse>()).Lane);
        Assert.Equal("hello", Encoding.UTF8.GetString((await _alice.ReadAsync<ReceivedResponse>()).Message.Span));
        Assert.Contains(_a.Logs.Entries, entry => entry.Message.Contains("additional reply SURBs", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Reply_SixtyKilobytes_ComesBackWhole()
    {
        var tag = await WriteToBobAsync(replyBlocks: 10);
        var message = Enumerable.Range(0, 60_000).Select(i => (byte)i).ToArray();

        await _bob.SendAsync(new ReplyRequest(tag, message, null));

        Assert.Equal(message, (await _alice.ReadAsync<ReceivedResponse>()).Message.ToArray());
    }

    [Fact]
    public async Task Send_WithoutReplyBlocks_HasNoTag()
    {
        await _alice.SendAsync(new SendRequest(await _bob.AddressAsync(), "plain"u8.ToArray(), null));

        Assert.Null((await _bob.ReadAsync<ReceivedResponse>()).SenderTag);
    }

    [Fact]
    public async Task SendAnonymous_SameRecipientTwice_HasTheSameTag() =>
        Assert.Equal(await WriteToBobAsync(replyBlocks: 1), await WriteToBobAsync(replyBlocks: 1));

    [Fact]
    public async Task Send_ToItself_Arrives()
    {
        await _alice.SendAsync(new SendAnonymousRequest(await _alice.AddressAsync(), "me"u8.ToArray(), 5, null));

        Assert.NotNull((await _alice.ReadAsync<ReceivedResponse>()).SenderTag);
    }

    [Fact]
    public async Task Reply_UnknownTag_IsAnsweredAndGoesNowhere()
    {
        await _alice.SendAsync(new ReplyRequest(Some.Tag(), "lost"u8.ToArray(), 4));

        Assert.Equal(new LaneQueueLengthResponse(4, 0), await _alice.ReadAsync<LaneQueueLengthResponse>());
        Assert.Single(_a.Logs.Entries, entry => entry.Message.Contains("don't have any surbs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_WithConnectionIds_AreAnsweredInOrder()
    {
        var tag = await WriteToBobAsync(replyBlocks: 200);
        for (ulong i = 1; i <= 100; i++)
        {
            await _bob.SendAsync(new ReplyRequest(tag, new byte[10], i));
        }

        for (ulong i = 1; i <= 100; i++)
        {
            Assert.Equal(i, (await _bob.ReadAsync<LaneQueueLengthResponse>()).Lane);
        }
    }

    [Fact]
    public async Task Request_NotReadable_IsAnsweredWithAnError()
    {
        await _alice.SendRawAsync(new byte[] { 0x77 }, text: false);
        Assert.Equal(NymErrorCode.UnknownRequest, (await _alice.ReadAsync<ErrorResponse>()).Code);

        await _alice.SendRawAsync("{}"u8.ToArray(), text: true);
        var (response, text) = await _alice.ReadAsync();
        Assert.True(text);
        Assert.IsType<ErrorResponse>(response);
    }

    [Fact]
    public async Task Received_BeforeAnyRequest_IsBinary()
    {
        await _alice.SendAsync(new SendRequest(Address(_b), "early"u8.ToArray(), null), text: true);

        Assert.False((await _bob.ReadAsync()).Text);
    }

    [Fact]
    public async Task Reconnect_AfterADrop_GetsWhatWasBuffered()
    {
        await _bob.DisposeAsync();
        await _alice.SendAsync(new SendRequest(Address(_b), "one"u8.ToArray(), null));
        await _alice.SendAsync(new SendRequest(Address(_b), "two"u8.ToArray(), null));

        _bob = await Application.ReconnectAsync(_b.Endpoint);

        // The first can have been under way while the drop was noticed, and is gone then.
        var texts = new List<string>();
        while (!texts.Contains("two"))
        {
            texts.Add(Encoding.UTF8.GetString((await _bob.ReadAsync<ReceivedResponse>()).Message.Span));
        }
    }

    [Fact]
    public async Task Close_IsNotAnswered() => Assert.NotEqual(System.Net.WebSockets.WebSocketState.Closed, await _alice.CloseAsync());

    [Fact]
    public async Task Close_BehindRequests_ComesAfterTheirAnswers()
    {
        const int Requests = 50;
        for (var i = 0; i < Requests; i++)
        {
            await _alice.SendAsync(new SelfAddressRequest());
        }

        await _alice.CloseOutputAsync();

        for (var i = 0; i < Requests; i++)
        {
            await _alice.ReadAsync<SelfAddressResponse>();
        }
    }

    [Fact]
    public async Task Push_ToAnApplicationThatDoesNotRead_TakesNoRequests()
    {
        // Far more than the socket buffers take.
        const int Messages = 200;
        for (var i = 0; i < Messages; i++)
        {
            await _alice.SendAsync(new SendRequest(Address(_b), new byte[200_000], null));
        }

        await Eventually.True(async () => (await _mixnet.SetAsync(new FaultCommand())).Counts.Delivered == Messages);
        await _bob.SendAsync(new SendRequest(Address(_a), "stuck"u8.ToArray(), null));
        var stuck = _alice.ReadAsync<ReceivedResponse>();
        Assert.False(stuck.IsCompleted);

        for (var i = 0; i < Messages; i++)
        {
            await _bob.ReadAsync<ReceivedResponse>();
        }

        Assert.Equal("stuck", Encoding.UTF8.GetString((await stuck).Message.Span));
    }

    [Fact]
    public async Task Silence_WhenTold_AnswersOnlyItsAddressAndThenGoesOnWithEverything()
    {
        var tag = await WriteToBobAsync(replyBlocks: 20);
        await _mixnet.SetAsync(new FaultCommand { Client = "b", Silence = TimeSpan.FromHours(1) });
        await SilentAsync(_bob, _b);

        await _bob.SendAsync(new ReplyRequest(tag, "late"u8.ToArray(), 6));
        await _alice.SendAsync(new SendRequest(Address(_b), "queued"u8.ToArray(), null));
        var answer = _bob.ReadAsync();
        var reply = _alice.ReadAsync<ReceivedResponse>();
        await Eventually.True(async () => (await _mixnet.SetAsync(new FaultCommand())).Counts.Delivered >= 2);
        Assert.False(answer.IsCompleted);
        Assert.False(reply.IsCompleted);

        await _mixnet.SetAsync(new FaultCommand { Client = "b", Silence = TimeSpan.Zero });

        var after = new[] { (await answer).Response, (await _bob.ReadAsync()).Response };
        Assert.Single(after.OfType<LaneQueueLengthResponse>());
        Assert.Single(after.OfType<ReceivedResponse>());
        Assert.Equal("late", Encoding.UTF8.GetString((await reply).Message.Span));
    }

    [Fact]
    public async Task Faults_Duplicate_DeliversTwiceButCountsBlocksOnce()
    {
        await _mixnet.SetAsync(new FaultCommand { Changes = new FaultChanges { Duplicate = 1 } });
        var tag = await WriteToBobAsync(replyBlocks: 10);
        Assert.Equal(tag, (await _bob.ReadAsync<ReceivedResponse>()).SenderTag);

        await _bob.SendAsync(new ReplyRequest(tag, "twice"u8.ToArray(), null));

        Assert.Equal("twice", Encoding.UTF8.GetString((await _alice.ReadAsync<ReceivedResponse>()).Message.Span));
        Assert.Equal("twice", Encoding.UTF8.GetString((await _alice.ReadAsync<ReceivedResponse>()).Message.Span));
    }

    [Fact]
    public async Task Faults_LossForOneClient_LosesOnlyItsMessages()
    {
        await _mixnet.SetAsync(new FaultCommand { Client = "b", Changes = new FaultChanges { Loss = 1 } });
        await _alice.SendAsync(new SendRequest(Address(_b), "lost"u8.ToArray(), null));
        await _alice.SendAsync(new SendRequest(Address(_a), "kept"u8.ToArray(), null));

        Assert.Equal("kept", Encoding.UTF8.GetString((await _alice.ReadAsync<ReceivedResponse>()).Message.Span));
        var report = await _mixnet.SetAsync(new FaultCommand { Reset = true });
        Assert.Equal((1, 1), (report.Counts.Lost, report.Counts.Delivered));
        await WriteToBobAsync(replyBlocks: 0);
    }

    [Fact]
    public async Task Faults_Delay_DelaysAndKeepsTheOrder()
    {
        var delay = TimeSpan.FromMilliseconds(300);
        await _mixnet.SetAsync(new FaultCommand { Changes = new FaultChanges { Delay = delay } });
        var start = TimeProvider.System.GetTimestamp();
        for (byte i = 0; i < 20; i++)
        {
            await _alice.SendAsync(new SendRequest(Address(_b), new[] { i }, null));
        }

        for (byte i = 0; i < 20; i++)
        {
            Assert.Equal(i, (await _bob.ReadAsync<ReceivedResponse>()).Message.Span[0]);
        }

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= delay);
    }

    [Fact]
    public async Task Faults_Pace_WithholdsAnswers()
    {
        var tag = await WriteToBobAsync(replyBlocks: 100);
        await _mixnet.SetAsync(new FaultCommand { Client = "b", Changes = new FaultChanges { PacketsPerSecond = 0.01 }, Silence = TimeSpan.Zero });
        await Eventually.True(() => _b.Logs.Text.Contains("mixnet side is silent", StringComparison.Ordinal));
        for (ulong i = 1; i <= 40; i++)
        {
            await _bob.SendAsync(new ReplyRequest(tag, new byte[10], i));
        }

        ulong answered = 0;
        while (answered < 10)
        {
            answered = (await _bob.ReadAsync<LaneQueueLengthResponse>()).Lane;
        }

        // Ten are held and one or two more have gone into the lanes; of the next few, one is not answered until the pace is taken away.
        var next = _bob.ReadAsync<LaneQueueLengthResponse>();
        while (await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System)) == next)
        {
            answered = (await next).Lane;
            next = _bob.ReadAsync<LaneQueueLengthResponse>();
        }

        Assert.InRange(answered, 10UL, 14UL);
        await _mixnet.SetAsync(new FaultCommand { Client = "b", Reset = true });
        answered = (await next).Lane;
        while (answered < 40)
        {
            answered = (await _bob.ReadAsync<LaneQueueLengthResponse>()).Lane;
        }
    }

    [Fact]
    public async Task Hub_Restarted_IsJoinedAgain()
    {
        await _mixnet.StopHubAsync();
        await Eventually.True(() => _a.Logs.Text.Contains("Lost the Localnet hub", StringComparison.Ordinal)
            && _b.Logs.Text.Contains("Lost the Localnet hub", StringComparison.Ordinal));
        await _alice.SendAsync(new SendRequest(Address(_b), "meanwhile"u8.ToArray(), null));

        await _mixnet.StartHubAsync();

        // Whichever client is back first: what is for one that has not joined the new hub is lost.
        await Eventually.True(async () => (await _mixnet.SetAsync(new FaultCommand())).Clients.Count(client => client.Connected) == 2);
        await _alice.SendAsync(new SendRequest(Address(_b), "again"u8.ToArray(), null));
        ReceivedResponse received;
        do
        {
            received = await _bob.ReadAsync<ReceivedResponse>();
        }
        while (Encoding.UTF8.GetString(received.Message.Span) != "again");
    }

    [Fact]
    public async Task Client_Away_GetsItsMessagesWhenItIsBack()
    {
        var address = Address(_b);
        await _bob.DisposeAsync();
        await _b.InterruptAsync();
        await Eventually.True(async () => (await _mixnet.SetAsync(new FaultCommand())).Clients.Count == 1);
        await _alice.SendAsync(new SendRequest(address, "kept"u8.ToArray(), null));
        await Eventually.True(async () => (await _mixnet.SetAsync(new FaultCommand())).Counts.Waiting == 1);

        var again = await _mixnet.ClientAsync("b");
        _bob = await Application.ConnectAsync(again.Endpoint);

        Assert.Equal("kept", Encoding.UTF8.GetString((await _bob.ReadAsync<ReceivedResponse>()).Message.Span));
    }

    [Fact]
    public async Task Flush_ThenANewRun_StillReplies()
    {
        var tag = await WriteToBobAsync(replyBlocks: 20);
        await _bob.DisposeAsync();
        await _b.InterruptAsync();

        var again = await _mixnet.ClientAsync("b");
        _bob = await Application.ConnectAsync(again.Endpoint);
        await _bob.SendAsync(new ReplyRequest(tag, "still"u8.ToArray(), null));

        Assert.Equal("still", Encoding.UTF8.GetString((await _alice.ReadAsync<ReceivedResponse>()).Message.Span));
    }

    private NymAddress Address(RunningClient client) =>
        NymDirectory.Localnet.Client.Identity.ClientAddress.Read(_mixnet.Folder(client == _a ? "a" : "b"));

    private async Task<SenderTag> WriteToBobAsync(uint replyBlocks, bool text = false)
    {
        await _bob.SendAsync(new SelfAddressRequest(), text);
        var address = (await _bob.ReadAsync<SelfAddressResponse>()).Address;
        await _alice.SendAsync(new SendAnonymousRequest(address, "hi"u8.ToArray(), replyBlocks, null), text);
        var received = await _bob.ReadAsync<ReceivedResponse>();
        Assert.Equal("hi", Encoding.UTF8.GetString(received.Message.Span));
        return received.SenderTag!.Value;
    }

    // The silence has reached the client when it says so; its address it still tells.
    private static async Task SilentAsync(Application application, RunningClient client)
    {
        await Eventually.True(() => client.Logs.Text.Contains("mixnet side is silent", StringComparison.Ordinal));
        await application.AddressAsync();
    }
}
