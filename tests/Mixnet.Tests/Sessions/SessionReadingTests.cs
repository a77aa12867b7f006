using NymDirectory.TestKit;

namespace NymDirectory.Mixnet.Tests.Sessions;

/// <summary>What arrives, in whatever shape, and whatever the writer is doing.</summary>
public sealed class SessionReadingTests
{
    [Fact]
    public async Task Read_TextAndBinaryMixed_BothAreRead()
    {
        await using var test = await SessionUnderTest.StartAsync();
        await test.Peer.SendAsync(new ReceivedResponse("one"u8.ToArray(), Samples.Tag), text: true);
        await test.Peer.SendAsync(new ReceivedResponse("two"u8.ToArray(), null));
        await test.Peer.SendAsync(new ReceivedResponse("\"é\""u8.ToArray(), null), text: true);

        Assert.True(Samples.Same(new ReceivedResponse("one"u8.ToArray(), Samples.Tag), await test.NextReceivedAsync()));
        Assert.True(Samples.Same(new ReceivedResponse("two"u8.ToArray(), null), await test.NextReceivedAsync()));
        Assert.True(Samples.Same(new ReceivedResponse("\"é\""u8.ToArray(), null), await test.NextReceivedAsync()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public async Task Read_Fragments_AreOneMessage(int fragments)
    {
        await using var test = await SessionUnderTest.StartAsync();
        var message = Enumerable.Range(0, 60_000).Select(i => (byte)i).ToArray();
        await test.Peer.SendAsync(Samples.Binary(new ReceivedResponse(message, Samples.Tag)), fragments: fragments);
        await test.Peer.SendAsync(Samples.Binary(new ReceivedResponse("next"u8.ToArray(), null)), fragments: fragments);

        var first = await test.NextReceivedAsync();
        var second = await test.NextReceivedAsync();
        Assert.Equal(message, first.Message.ToArray());
        Assert.Equal("next"u8.ToArray(), second.Message.ToArray());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(100, false)]
    [InlineData(500_000, false)]
    public async Task Read_AboutTheCap_DropsWhatIsLonger(int over, bool arrives)
    {
        await using var test = await SessionUnderTest.StartAsync();
        var overhead = Samples.Binary(new ReceivedResponse(default, null)).Length;
        var message = new byte[test.MaxMessageBytes - overhead + over];
        await test.Peer.SendAsync(Samples.Binary(new ReceivedResponse(message, null)), fragments: 3);
        await test.Peer.SendAsync(new ReceivedResponse("after"u8.ToArray(), null));

        if (arrives)
        {
            Assert.Equal(message.Length, (await test.NextReceivedAsync()).Message.Length);
        }

        Assert.Equal("after"u8.ToArray(), (await test.NextReceivedAsync()).Message.ToArray());
        Assert.Equal(arrives ? [] : [NymDropReason.Oversized], test.Drops);
        Assert.Equal(NymClientSessionState.Open, test.Session.State);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("FF", false)]
    [InlineData("0102", false)]
    [InlineData("7B7D", true)]
    [InlineData("", true)]
    public async Task Read_Unparsable_IsCountedAndTheConnectionGoesOn(string frame, bool text)
    {
        await using var test = await SessionUnderTest.StartAsync();
        await test.Peer.SendAsync(Convert.FromHexString(frame), text);
        await test.Peer.SendAsync(new ReceivedResponse("after"u8.ToArray(), null));

        Assert.Equal("after"u8.ToArray(), (await test.NextReceivedAsync()).Message.ToArray());
        Assert.Equal([NymDropReason.Unparsable], test.Drops);
    }

    [Fact]
    public async Task Read_WhileThePeerReadsNothing_GoesOn()
    {
        await using var test = await SessionUnderTest.StartAsync(new SessionUnderTest { MaxMessageBytes = 4 * 1024 * 1024 });

        // Much more than the sockets' buffers hold: the writer stands still.
        var answers = Enumerable.Range(1, 32).Select(lane => test.Reply((ulong)lane, 1024 * 1024)).ToList();
        for (var i = 0; i < 1000; i++)
        {
            await test.Peer.SendAsync(new ReceivedResponse(BitConverter.GetBytes(i), Samples.Tag)).Within();
        }

        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await test.NextReceivedAsync()).Message.Span));
        }

        Assert.All(answers, answer => Assert.False(answer.IsCompleted));
        var serving = test.Peer.ServeAsync(_ => new LaneQueueLengthResponse(0, 0));
        Assert.All(await Task.WhenAll(answers).Within(), answer => Assert.IsType<NymAnswer.Taken>(answer));
        await test.Session.DisposeAsync();
        await serving.Within();
    }

    [Fact]
    public async Task Read_CallerStandsStillAfterItsAnswer_GoesOn()
    {
        await using var test = await SessionUnderTest.StartAsync();
        using var release = new ManualResetEventSlim();
        var caller = Task.Run(async () =>
        {
            await test.Reply(1);
            release.Wait(TimeSpan.FromSeconds(20));
        });
        await test.Peer.ReadAsync(1).Within();
        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 0));
        await test.Peer.SendAsync(new ReceivedResponse("on"u8.ToArray(), null));

        Assert.Equal("on"u8.ToArray(), (await test.NextReceivedAsync()).Message.ToArray());
        release.Set();
        await caller.Within();
    }

    [Fact]
    public async Task Read_MessagesKept_AreNotOverwrittenByLaterOnes()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var kept = new List<ReceivedResponse>();
        for (var i = 0; i < 50; i++)
        {
            await test.Peer.SendAsync(new ReceivedResponse(Enumerable.Repeat((byte)i, 100).ToArray(), null), text: i % 2 == 0);
            kept.Add(await test.NextReceivedAsync());
        }

        Assert.All(kept.Index(), item => Assert.All(item.Item.Message.ToArray(), value => Assert.Equal(item.Index, value)));
    }
}
