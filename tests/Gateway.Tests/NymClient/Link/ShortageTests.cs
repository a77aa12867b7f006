using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Link;

/// <summary>Messages that nym-client takes and cannot send, against nym-client's side of the wire.</summary>
public sealed class ShortageTests : IAsyncLifetime, IDisposable
{
    private static readonly NymAddress Self = NymAddress.FromBytes([.. Enumerable.Range(0, NymAddress.Size).Select(i => (byte)i)]);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeNymClientServer _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<ulong, ulong> _lengths = [];
    private readonly ConcurrentQueue<ulong> _unanswered = [];
    private volatile bool _isSilent;
    private TestNode _node = null!;
    private FakeNymClientPeer _peer = null!;

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync(
            _folder.Path, _time, ("NymClient:Managed", "false"), ("NymClient:Port", $"{_server.Endpoint.Port}"), ("NymClient:DrainTime", "00:00:20"));
        _peer = await _server.AcceptAsync().Within();
        _ = _peer.ServeAsync(Answer);
        await _node.ReadyAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _node.DisposeAsync();
        _node.Logs.AssertNoErrors();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Take_LaneShort_IsWithheldUntilItIsEmpty()
    {
        Shortage(1, 3);
        var fate = Post(1);
        await WithheldAsync(1);
        for (int second = 0; second < 20; second++)
        {
            await TickAsync();
        }

        Assert.False(fate.IsCompleted);
        await HearOfAsync(1);
        Shortage(1, 0);

        Assert.Equal(ReplyFate.Taken, await TickUntilAsync(fate));
    }

    [Fact]
    public async Task Take_OneTagShort_OthersGoOn()
    {
        Shortage(1, 40);
        var stuck = Enumerable.Range(0, 40).Select(_ => Post(1)).ToList();
        await WithheldAsync(40);

        var others = Enumerable.Range(2, 40).Select(mark => Post((byte)mark)).ToList();

        var all = Task.WhenAll(others);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return all.IsCompleted;
        });
        Assert.All(await all, fate => Assert.Equal(ReplyFate.Taken, fate));
        Assert.DoesNotContain(stuck, fate => fate.IsCompleted);
    }

    [Fact]
    public async Task Take_OwnerAway_GoesBackAsUnsent()
    {
        _time.Advance(TimeSpan.FromMinutes(5));
        Shortage(1, 2);
        var fates = new[] { Post(1), Post(1) };
        await WithheldAsync(2);
        await TickAsync();

        // Nobody was heard of under that tag, and all at once nothing waits: that is how nym-client drops.
        Shortage(1, 0);

        Assert.All(await Task.WhenAll(fates.Select(TickUntilAsync)), fate => Assert.Equal(ReplyFate.Unsent, fate));
        Assert.Equal(0, _node.Get<LaneWatch>().Withheld);
    }

    [Fact]
    public async Task Take_GatewayJustStarted_OwnerMayHaveBeenHeardOfByTheOneBefore()
    {
        Shortage(1, 2);
        var fate = Post(1);
        await WithheldAsync(1);
        await TickAsync();

        // nym-client went on while there was no Gateway: whose reply blocks it has from then is not known.
        Shortage(1, 0);

        Assert.Equal(ReplyFate.Taken, await TickUntilAsync(fate));
    }

    [Fact]
    public async Task Take_OwnerJustHeardOf_FirstWordIsBelieved()
    {
        await HearOfAsync(1);

        Assert.Equal(ReplyFate.Taken, await Post(1).Within());
    }

    [Fact]
    public async Task Take_NymClientHasNoReplyBlocksAtAll_GoesBackAsUnsent()
    {
        var fate = Post(1);
        await WithheldAsync(1);

        _node.Get<LaneWatch>().Missing(TagOf(1));

        Assert.Equal(ReplyFate.Unsent, await fate.Within());
    }

    [Fact]
    public async Task Missing_BeforeTheAnswer_WhateverGoesToThatTagGoesBackAtOnce()
    {
        var watch = _node.Get<LaneWatch>();
        watch.Missing(TagOf(1));
        watch.Missing(TagOf(2));

        Assert.Equal(ReplyFate.Unsent, await Post(1).Within());
        Assert.Equal(ReplyFate.Unsent, await Post(1).Within());
        Assert.Equal(ReplyFate.Unsent, await Post(2).Within());
        var other = Post(3);
        await WithheldAsync(1);
        Assert.Equal(ReplyFate.Taken, await TickUntilAsync(other));
    }

    [Fact]
    public async Task Missing_OwnerHeardOfBefore_CountsAllTheSame()
    {
        await HearOfAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _node.Get<LaneWatch>().Missing(TagOf(1));

        Assert.Equal(ReplyFate.Unsent, await Post(1).Within());
    }

    [Fact]
    public async Task Missing_OwnerHeardOfSince_CountsNoLonger()
    {
        _node.Get<LaneWatch>().Missing(TagOf(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        await HearOfAsync(1);

        Assert.Equal(ReplyFate.Taken, await Post(1).Within());
    }

    [Fact]
    public async Task Missing_SomethingWaitsOnThatLane_IsWithheld()
    {
        _node.Get<LaneWatch>().Missing(TagOf(1));
        Shortage(1, 1);
        var fate = Post(1);
        await WithheldAsync(1);
        Assert.False(fate.IsCompleted);

        Shortage(1, 0);

        Assert.Equal(ReplyFate.Taken, await TickUntilAsync(fate));
    }

    [Fact]
    public async Task Missing_TwoMinutesAgo_CountsNoLonger()
    {
        _node.Get<LaneWatch>().Missing(TagOf(1));
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(ReplyFate.Unsent, await Post(1).Within());
        _time.Advance(TimeSpan.FromSeconds(1));

        var fate = Post(1);
        await WithheldAsync(1);

        Assert.Equal(ReplyFate.Taken, await TickUntilAsync(fate));
    }

    [Fact]
    public async Task Withheld_ManyLanes_AllAreAskedForSixteenAtATime()
    {
        var marks = Enumerable.Range(1, 40).Select(mark => (byte)mark).ToList();
        marks.ForEach(mark => Shortage(mark, 1));
        var fates = Task.WhenAll(marks.Select(Post));
        await WithheldAsync(marks.Count);
        var asked = new List<ulong>();
        _isSilent = true;
        foreach (int atOnce in new[] { 16, 16, 8 })
        {
            // Not one second and no more: what it asks about may be there before it has begun to count seconds. As fast as real time passes, or owners would
            // not have been heard of for too long by then.
            await Eventually.True(() =>
            {
                _time.Advance(_unanswered.IsEmpty ? TimeSpan.FromMilliseconds(10) : TimeSpan.Zero);
                return _unanswered.Count >= atOnce;
            });

            // What else was asked for comes before this.
            await _node.Outbox.PostAnswerAsync(Reply(200), CancellationToken.None);
            await Eventually.True(() => _unanswered.Contains(LaneOf(200)));
            Assert.Equal(atOnce + 1, _unanswered.Count);
            while (_unanswered.TryDequeue(out ulong lane))
            {
                asked.Add(lane);
                await _peer.SendAsync(new LaneQueueLengthResponse(lane, 0));
            }
        }

        Assert.Equal(marks.Select(LaneOf).Order(), asked.Where(lane => lane != LaneOf(200)).Order());
        Assert.All(await fates.Within(), fate => Assert.Equal(ReplyFate.Taken, fate));
    }

    [Fact]
    public async Task Withheld_RunEnds_GoesBackToWaiting()
    {
        Shortage(1, 1);
        var fate = Post(1);
        await WithheldAsync(1);

        // The new run has lanes of its own, and those are empty.
        _node.Get<Gateway.NymClient.Runs.RunKeeper>().LoseStore();

        Assert.Equal(ReplyFate.RunLost, await TickUntilAsync(fate));
    }

    [Fact]
    public async Task Answer_LaneShort_IsNotWithheld()
    {
        Shortage(1, 1);

        var fate = await _node.Outbox.PostAnswerAsync(Reply(1), CancellationToken.None);

        Assert.Equal(ReplyFate.Taken, await fate.Within());
    }

    [Fact]
    public async Task Withheld_ConnectionDropped_GoesBackToWaiting()
    {
        Shortage(1, 1);
        var fate = Post(1);
        await WithheldAsync(1);

        _peer.Drop();

        Assert.Equal(ReplyFate.RunLost, await fate.Within());
    }

    [Fact]
    public async Task Withheld_GatewayStops_WhatIsNotShortIsTaken()
    {
        Shortage(1, 1);
        var (stuck, gone) = (Post(1), Post(2));
        await WithheldAsync(2);

        var stopping = _node.StopAsync();

        // Here, too, the first zero proves nothing: it is believed a second after nym-client answered.
        Assert.Equal(ReplyFate.Taken, await TickUntilAsync(gone));
        Assert.Equal(ReplyFate.RunLost, await TickUntilAsync(stuck));
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });
    }

    private static SenderTag TagOf(byte mark) => SenderTag.FromBytes([.. Enumerable.Repeat(mark, SenderTag.Size)]);

    private ulong LaneOf(byte mark) =>
        _node.Get<Gateway.NymClient.Link.Lanes>().For(_node.Status.Run!.Value, _node.Sealer.Seal(TagOf(mark)));

    private void Shortage(byte mark, ulong length)
    {
        lock (_lengths)
        {
            _lengths[LaneOf(mark)] = length;
        }
    }

    private OutboundReply Reply(byte mark) => new(_node.Sealer.Seal(TagOf(mark)), _node.Status.Run!.Value, new[] { mark });

    private Task<ReplyFate> Post(byte mark) => _node.Outbox.TryPostDelivery(Reply(mark))!;

    private Task WithheldAsync(int count) => Eventually.True(() => _node.Get<LaneWatch>().Withheld == count);

    private async Task HearOfAsync(byte mark)
    {
        await _peer.SendAsync(new ReceivedResponse(new byte[1], TagOf(mark)));
        await Eventually.True(() => _node.Intake.Depth == 1);
    }

    private NymResponse? Answer(NymRequest request)
    {
        if (_isSilent && LaneOf(request) is { } asked)
        {
            _unanswered.Enqueue(asked);
            return null;
        }

        lock (_lengths)
        {
            return LaneOf(request) is { } lane
                ? new LaneQueueLengthResponse(lane, _lengths.GetValueOrDefault(lane))
                : FakeNymClientPeer.Usual(request, Self);
        }
    }

    private static ulong? LaneOf(NymRequest request) => request switch
    {
        ReplyRequest reply => reply.ConnectionId,
        LaneQueueLengthRequest length => length.ConnectionId,
        _ => null,
    };

    private async Task TickAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await Task.Yield();
    }

    private async Task<ReplyFate> TickUntilAsync(Task<ReplyFate> fate)
    {
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return fate.IsCompleted;
        });
        return await fate;
    }
}
