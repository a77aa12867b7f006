using NymDirectory.TestKit;

namespace NymDirectory.Mixnet.Tests.Sessions;

/// <summary>Which answer goes to which request.</summary>
public sealed class SessionMatchingTests
{
    private const int Places = 32;

    [Fact]
    public async Task RequestAsync_AnswersOfEveryKind_GoToTheirRequestsInOrder()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var address = test.Session.RequestAsync(new SelfAddressRequest(), CancellationToken.None);
        var taken = test.Reply(7);
        var refused = test.Session.RequestAsync(new SendRequest(Samples.Address, default, 8), CancellationToken.None);
        var length = test.Session.RequestAsync(new LaneQueueLengthRequest(7), CancellationToken.None);
        var requests = await test.Peer.ReadAsync(4).Within();

        await test.Peer.SendAsync(new SelfAddressResponse(Samples.Address));
        await test.Peer.SendAsync(new LaneQueueLengthResponse(7, 5));
        await test.Peer.SendAsync(new ErrorResponse(NymErrorCode.MalformedRequest, "no"));
        await test.Peer.SendAsync(new LaneQueueLengthResponse(7, 6));

        Assert.IsType<SelfAddressRequest>(requests[0]);
        Assert.Equal(7ul, Assert.IsType<ReplyRequest>(requests[1]).ConnectionId);
        Assert.Equal(new NymAnswer.Address(Samples.Address), await address.Within());
        Assert.Equal(new NymAnswer.Taken(5), await taken.Within());
        Assert.Equal(new NymAnswer.Refused(NymErrorCode.MalformedRequest), await refused.Within());
        Assert.Equal(new NymAnswer.Taken(6), await length.Within());
        Assert.Equal(0, test.Session.Unanswered);
    }

    [Fact]
    public async Task RequestAsync_ManyCallers_AreWrittenInTheOrderOfTheirCalls()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var answers = Enumerable.Range(1, 500).Select(lane => test.Reply((ulong)lane)).ToList();
        var serving = test.Peer.ServeAsync(request => new LaneQueueLengthResponse(0, ((ReplyRequest)request).ConnectionId!.Value));
        var lengths = await Task.WhenAll(answers).Within();

        // The fake answers each with its own number: any slip would show.
        Assert.Equal(Enumerable.Range(1, 500).Select(lane => (ulong)lane), lengths.Select(answer => ((NymAnswer.Taken)answer).QueueLength));
        await test.Session.DisposeAsync();
        await serving.Within();
    }

    [Fact]
    public async Task RequestInlineAsync_Answered_GoesOnBeforeTheReaderDoes()
    {
        var wentOn = false;
        var before = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var test = await SessionUnderTest.StartAsync(new SessionUnderTest { Received = _ => before.SetResult(wentOn) });
        var answer = RequestAsync();
        await test.Peer.ReadAsync(1).Within();

        await test.Peer.SendAsync(new LaneQueueLengthResponse(7, 5));
        await test.Peer.SendAsync(new ReceivedResponse(default, null));

        Assert.True(await before.Task.Within());
        Assert.Equal(new NymAnswer.Taken(5), await answer.Within());

        async Task<NymAnswer> RequestAsync()
        {
            var met = await test.Session.RequestInlineAsync(new ReplyRequest(Samples.Tag, new byte[3], 7)).ConfigureAwait(false);
            wentOn = true;
            return met;
        }
    }

    [Fact]
    public async Task RequestInlineAsync_AnsweredOrDropped_GoesOnWithoutTheLock()
    {
        await using var test = await SessionUnderTest.StartAsync();

        // One is answered, the others of those that have a place are lost with the connection, and so are those that wait for one.
        var looks = Enumerable.Range(1, 2 * Places).Select(_ => AskAndLookAsync()).ToList();
        await test.Peer.ReadAsync(1).Within();
        await test.Peer.SendAsync(new LaneQueueLengthResponse(7, 5));
        Assert.True(await looks[0].Within());
        test.Peer.Drop();

        Assert.All(await Task.WhenAll(looks).Within(), Assert.True);

        // Whether another thread can take the lock in the place where the answer is given; this one could even if it held it.
        async Task<bool> AskAndLookAsync()
        {
            await test.Session.RequestInlineAsync(new ReplyRequest(Samples.Tag, new byte[3], 7)).ConfigureAwait(false);
            var other = new Thread(() => _ = test.Session.Unanswered) { IsBackground = true };
            other.Start();
            return other.Join(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task RequestAsync_NoAnswers_WritesNoMoreThanThePlaces()
    {
        await using var test = await SessionUnderTest.StartAsync();
        var answers = Enumerable.Range(1, Places + 2).Select(lane => test.Reply((ulong)lane)).ToList();
        await test.Peer.ReadAsync(Places).Within();
        var next = test.Peer.ReadAsync();
        Assert.Equal(Places, test.Session.Unanswered);

        // A message that goes round shows that the session had every chance to write more.
        await test.Peer.SendAsync(new ReceivedResponse(default, null));
        await test.NextReceivedAsync();
        Assert.False(next.IsCompleted);

        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 0));
        Assert.Equal(Places + 1ul, Assert.IsType<ReplyRequest>(await next.Within()).ConnectionId);
        Assert.IsType<NymAnswer.Taken>(await answers[0].Within());
        Assert.False(answers[1].IsCompleted);
    }

    [Fact]
    public async Task RequestAsync_CancelledAfterItWasWritten_KeepsItsPlaceUntilItsAnswer()
    {
        await using var test = await SessionUnderTest.StartAsync();
        using var giveUp = new CancellationTokenSource();
        var first = test.Reply(1, cancellationToken: giveUp.Token);
        var second = test.Reply(2);
        await test.Peer.ReadAsync(2).Within();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Within());
        Assert.Equal(2, test.Session.Unanswered);

        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 11));
        await test.Peer.SendAsync(new LaneQueueLengthResponse(2, 22));

        Assert.Equal(new NymAnswer.Taken(22), await second.Within());
        Assert.Equal(0, test.Session.Unanswered);
        Assert.Empty(test.Drops);
    }

    [Fact]
    public async Task RequestAsync_CancelledWhileItWaitsForAPlace_IsNeverWritten()
    {
        await using var test = await SessionUnderTest.StartAsync();
        using var giveUp = new CancellationTokenSource();
        var placed = Enumerable.Range(1, Places).Select(lane => test.Reply((ulong)lane)).ToList();
        var waiting = test.Reply(100, cancellationToken: giveUp.Token);
        var last = test.Reply(200);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within());

        await test.Peer.ReadAsync(Places).Within();
        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 0));
        var next = await test.Peer.ReadAsync().Within();

        Assert.Equal(200ul, Assert.IsType<ReplyRequest>(next).ConnectionId);
        Assert.False(last.IsCompleted);
    }

    [Fact]
    public async Task RequestAsync_CancelledBefore_IsNeverWritten()
    {
        await using var test = await SessionUnderTest.StartAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Reply(1, cancellationToken: new CancellationToken(true)));
        Assert.Equal(0, test.Session.Unanswered);
    }

    [Fact]
    public async Task RequestAsync_AnswerWithoutARequest_IsCountedAndHarmless()
    {
        await using var test = await SessionUnderTest.StartAsync();
        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 1));
        await Eventually.True(() => test.Drops.Count == 1);
        var answer = test.Session.RequestAsync(new SelfAddressRequest(), CancellationToken.None);
        await test.Peer.ReadAsync(1).Within();

        // Not what the request asked: it must not be its answer.
        await test.Peer.SendAsync(new LaneQueueLengthResponse(1, 1));
        await test.Peer.SendAsync(new SelfAddressResponse(Samples.Address));

        Assert.IsType<NymAnswer.Address>(await answer.Within());
        Assert.Equal([NymDropReason.UnmatchedAnswer, NymDropReason.UnmatchedAnswer], test.Drops);
    }

    public static TheoryData<NymRequest> Unanswerable => new()
    {
        new SendRequest(Samples.Address, default, null),
        new SendAnonymousRequest(Samples.Address, default, 10, 0),
        new ReplyRequest(Samples.Tag, default, 0),
        new ClosedConnectionRequest(1),
        new ReplyRequest(Samples.Tag, new byte[(64 * 1024) + 1], 1),
    };

    [Theory]
    [MemberData(nameof(Unanswerable))]
    public async Task RequestAsync_NothingWouldAnswer_Throws(NymRequest request)
    {
        await using var test = await SessionUnderTest.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => test.Session.RequestAsync(request, CancellationToken.None));
    }
}
