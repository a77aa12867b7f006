using NymDirectory.TestKit;

namespace NymDirectory.Mixnet.Tests.Sessions;

/// <summary>How sessions end, and what becomes of their requests.</summary>
public sealed class SessionEndTests
{
    [Fact]
    public async Task Drop_InTheMiddleOfEverything_LosesEveryRequest()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var answers = Enumerable.Range(1, 50).Select(lane => test.Reply((ulong)lane)).ToList();
        await test.Peer.ReadAsync(5).Within();
        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 9));
        Assert.Equal(new NymAnswer.Taken(9), await answers[0].Within());

        test.Peer.Drop();

        Assert.All(await Task.WhenAll(answers.Skip(1)).Within(), answer => Assert.IsType<NymAnswer.ConnectionLost>(answer));
        Assert.Equal(NymClientSessionEnd.ClosedByPeer, await test.Session.Completion.Within());
        Assert.Equal(NymClientSessionState.Closed, test.Session.State);
        Assert.IsType<NymAnswer.ConnectionLost>(await test.Reply(99).Within());
    }

    [Fact]
    public async Task Drop_InTheMiddleOfAMessage_IsClosedByPeer()
    {
        await using var test = await SessionUnderTest.StartAsync();
        await test.Peer.SendBeginningAsync(Samples.Binary(new ReceivedResponse(new byte[100], null)).AsMemory(0, 50));
        test.Peer.Drop();
        Assert.Equal(NymClientSessionEnd.ClosedByPeer, await test.Session.Completion.Within());
    }

    [Fact]
    public async Task Drop_WhileTheWriterStandsStill_LosesEveryRequest()
    {
        await using var test = await SessionUnderTest.StartAsync(new SessionUnderTest { MaxMessageBytes = 4 * 1024 * 1024 });
        var answers = Enumerable.Range(1, 32).Select(lane => test.Reply((ulong)lane, 1024 * 1024)).ToList();
        await test.Peer.ReadAsync(1).Within();
        test.Peer.Drop();

        Assert.All(await Task.WhenAll(answers).Within(), answer => Assert.IsType<NymAnswer.ConnectionLost>(answer));
        Assert.Equal(NymClientSessionEnd.ClosedByPeer, await test.Session.Completion.Within());
    }

    [Theory]
    [InlineData(NymClientSessionEnd.ClosedByPeer, NymClientSessionEnd.Faulted, NymClientSessionEnd.ClosedByPeer)]
    [InlineData(NymClientSessionEnd.Faulted, NymClientSessionEnd.ClosedByPeer, NymClientSessionEnd.ClosedByPeer)]
    [InlineData(NymClientSessionEnd.Faulted, NymClientSessionEnd.Faulted, NymClientSessionEnd.Faulted)]
    [InlineData(null, NymClientSessionEnd.Faulted, NymClientSessionEnd.Faulted)]
    public void Cause_ReaderAndWriter_WhoeverSawThePeerGoIsBelieved(
        NymClientSessionEnd? writerSaw, NymClientSessionEnd readerSaw, NymClientSessionEnd cause) =>
        Assert.Equal(cause, NymClientSession.Cause(writerSaw, readerSaw));

    [Fact]
    public async Task CloseFrame_FromThePeer_IsAnsweredAndEndsTheSession()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var answer = test.Reply(1);
        await test.Peer.ReadAsync(1).Within();
        await test.Peer.SendCloseAsync();

        Assert.Null(await test.Peer.ReadAsync().Within());
        Assert.IsType<NymAnswer.ConnectionLost>(await answer.Within());
        Assert.Equal(NymClientSessionEnd.ClosedByPeer, await test.Session.Completion.Within());
    }

    [Fact]
    public async Task Read_NotAWebsocketFrame_IsFaulted()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var answer = test.Reply(1);
        await test.Peer.ReadAsync(1).Within();
        await test.Peer.SendRawAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF });

        Assert.Equal(NymClientSessionEnd.Faulted, await test.Session.Completion.Within());
        Assert.IsType<NymAnswer.ConnectionLost>(await answer.Within());
    }

    [Fact]
    public async Task OnReceived_Throws_IsFaultedAndItsTextIsNotLogged()
    {
        await using var test = await SessionUnderTest.StartAsync(new SessionUnderTest
        {
            Received = _ => throw new InvalidOperationException("canary"),
        });
        await test.Peer.SendAsync(new ReceivedResponse(default, null));

        Assert.Equal(NymClientSessionEnd.Faulted, await test.Session.Completion.Within());
        Assert.Contains(nameof(InvalidOperationException), test.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", test.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_PeerEndsTcpAfterTheCloseFrame_IsDisposed()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var disposing = test.Session.DisposeAsync().AsTask();

        // As nym-client: no Close frame back, TCP just ends.
        Assert.Null(await test.Peer.ReadAsync().Within());
        Assert.False(disposing.IsCompleted);
        Assert.Equal(NymClientSessionState.Closing, test.Session.State);
        test.Peer.Drop();

        await disposing.Within();
        Assert.Equal(NymClientSessionEnd.Disposed, await test.Session.Completion.Within());
    }

    [Fact]
    public async Task DisposeAsync_AnswersStillUnderWay_AreTaken()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var answers = Enumerable.Range(1, 40).Select(lane => test.Reply((ulong)lane)).ToList();
        await test.Peer.ReadAsync(32).Within();
        var disposing = test.Session.DisposeAsync().AsTask();
        Assert.Null(await test.Peer.ReadAsync().Within());

        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 1));
        Assert.Equal(new NymAnswer.Taken(1), await answers[0].Within());
        test.Peer.Drop();

        await disposing.Within();
        Assert.All(await Task.WhenAll(answers.Skip(1)).Within(), answer => Assert.IsType<NymAnswer.ConnectionLost>(answer));
    }

    [Fact]
    public async Task DisposeAsync_PeerStaysSilent_IsCutWithinTheBound()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var answer = test.Reply(1);
        await test.Peer.ReadAsync(1).Within();
        var disposing = test.Session.DisposeAsync().AsTask();
        Assert.Null(await test.Peer.ReadAsync().Within());
        test.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(disposing.IsCompleted);
        test.Time.Advance(TimeSpan.FromSeconds(0.2));

        await disposing.Within();
        Assert.IsType<NymAnswer.ConnectionLost>(await answer.Within());
    }

    [Fact]
    public async Task DisposeAsync_WriterStandsStill_IsCutWithinTheBound()
    {
        await using var test = await SessionUnderTest.StartAsync(new SessionUnderTest { MaxMessageBytes = 4 * 1024 * 1024 });
        var answers = Enumerable.Range(1, 32).Select(lane => test.Reply((ulong)lane, 1024 * 1024)).ToList();
        await test.Peer.ReadAsync(1).Within();
        var disposing = test.Session.DisposeAsync().AsTask();
        test.Time.Advance(TimeSpan.FromSeconds(6));

        await disposing.Within();
        Assert.All(await Task.WhenAll(answers).Within(), answer => Assert.IsType<NymAnswer.ConnectionLost>(answer));
        Assert.Equal(NymClientSessionEnd.Disposed, await test.Session.Completion.Within());
    }

    [Fact]
    public async Task DisposeAsync_ManyTimesAtOnce_EndsEachTime()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var serving = test.Peer.ServeAsync(_ => null);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => test.Session.DisposeAsync().AsTask()))).Within();
        await test.Session.DisposeAsync();
        await serving.Within();
    }

    [Fact]
    public async Task DisposeAsync_AfterADrop_KeepsTheReason()
    {
        await using var test = await SessionUnderTest.StartAsync();
        test.Peer.Drop();
        await test.Session.Completion.Within();
        await test.Session.DisposeAsync();
        Assert.Equal(NymClientSessionEnd.ClosedByPeer, await test.Session.Completion);
        Assert.Equal(NymClientSessionState.Closed, test.Session.State);
    }
}
