using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.NymClient.Packets;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Packets;

/// <summary>What <see cref="LongReplies"/> concludes from the lengths of lanes, one look after the other: the clock stands still but for the time between two looks.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit ends its fields by IAsyncLifetime")]
public sealed class LaneLengthTests : IAsyncLifetime
{
    private const ulong Busy = 1000;

    private readonly CountingTime _time = new();
    private readonly FakeNymClientServer _server = new();
    private readonly ConcurrentDictionary<ulong, ulong> _lengths = [];
    private readonly ConcurrentQueue<ulong> _asked = [];
    private readonly LongReplies _replies;
    private NymClientSession _session = null!;
    private FakeNymClientPeer _peer = null!;
    private volatile bool _isSilent;
    private int _looks;

    public LaneLengthTests() => _replies = new LongReplies(_time);

    public async Task InitializeAsync()
    {
        var accepting = _server.AcceptAsync();
        _session = await NymClientSession.ConnectAsync(
            _server.Endpoint, new NymClientSessionOptions { OnReceived = _ => { } }, NullLogger.Instance, TimeProvider.System, CancellationToken.None);
        _peer = await accepting.Within();
        _ = _peer.ServeAsync(Answer);
    }

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task WaitForRoom_LaneThatReadsZero_HasLeftASecondAfterItsAnswerAndNotBefore()
    {
        HandOver(Busy, beyond: 9);
        HandOver(1, beyond: 29);
        _lengths[Busy] = 9;
        Advance(seconds: 0.5);
        _replies.Answered(1, Length(29));
        var room = Wait();

        await LooksAsync(room, 10);
        Assert.Equal(38, _replies.Packets);
        await LookAsync(room);

        await room.Within();
        Assert.Equal(9, _replies.Packets);
    }

    [Fact]
    public async Task WaitForRoom_LaneThatMovedAndReadsZero_HasLeftAtOnce()
    {
        HandOver(Busy, beyond: 9);
        HandOver(1, beyond: 29);
        (_lengths[Busy], _lengths[1]) = (9, 25);
        var room = Wait();
        await LooksAsync(room, 1);
        Assert.Equal(34, _replies.Packets);

        _lengths[1] = 0;
        await LookAsync(room);

        await room.Within();
        Assert.Equal(9, _replies.Packets);
    }

    [Fact]
    public async Task WaitForRoom_LaneGrowsShorter_OnlyTheRestCounts()
    {
        HandOver(1, beyond: 40);
        _lengths[1] = 40;
        var room = Wait();
        await LooksAsync(room, 1);

        _lengths[1] = PacketWindow.Least;
        await LookAsync(room);
        Assert.False(room.IsCompleted);
        _lengths[1] = PacketWindow.Least - 1;
        await LookAsync(room);

        await room.Within();
        Assert.Equal(PacketWindow.Least - 1, _replies.Packets);
    }

    [Fact]
    public async Task WaitForRoom_LaneThatDoesNotMove_CountsForFiveSeconds()
    {
        HandOver(1, beyond: 40);
        _lengths[1] = 40;
        var room = Wait();

        await LooksAsync(room, 50);
        Assert.Equal(40, _replies.Packets);
        await LookAsync(room);

        await room.Within();
        Assert.Equal(0, _replies.Packets);
    }

    [Fact]
    public async Task WaitForRoom_NothingWaitsTwice_WhatCameBetweenStaysAndThereIsRoomForMore()
    {
        HandOver(1, beyond: 32);
        var room = Wait();
        await LooksAsync(room, 1);
        Assert.Equal(32, _replies.Packets);

        Advance(seconds: 0.05);
        HandOver(2, beyond: 39);
        Advance(seconds: 0.05);
        await LookedAsync(room);

        Assert.True(room.IsCompleted);
        await room.Within();
        Assert.Equal(39, _replies.Packets);
    }

    [Fact]
    public async Task WaitForRoom_SomethingWaitsAgain_ThereIsRoomForLess()
    {
        HandOver(1, beyond: 32);
        var grown = Wait();
        await LooksAsync(grown, 1);
        await LookAsync(grown);
        await grown.Within();
        Assert.Equal(0, _replies.Packets);

        HandOver(1, beyond: 70);
        _lengths[1] = 70;
        var room = Wait();
        await LooksAsync(room, 1);
        _lengths[1] = 40;
        await LookAsync(room);
        Assert.False(room.IsCompleted);
        _lengths[1] = 20;
        await LookAsync(room);

        await room.Within();
    }

    [Fact]
    public async Task WaitForRoom_EmptyOnlyOnce_ConcludesNothing()
    {
        HandOver(1, beyond: 40);
        var room = Wait();
        await LooksAsync(room, 1);
        _lengths[1] = 40;
        await LookAsync(room);

        // The first one has left, the other one has not begun.
        _lengths[1] = 0;
        HandOver(2, beyond: 40);
        await LookAsync(room);
        Assert.Equal(40, _replies.Packets);
        Assert.False(room.IsCompleted);
        await LookAsync(room);

        await room.Within();
        Assert.Equal(0, _replies.Packets);
    }

    [Fact]
    public async Task WaitForRoom_TwoRepliesOnOneLane_LeaveTogether()
    {
        HandOver(1, beyond: 20);
        HandOver(1, beyond: 15);
        _lengths[1] = 35;
        var room = Wait();
        await LooksAsync(room, 1);
        Assert.Equal(35, _replies.Packets);

        _lengths[1] = 0;
        await LookAsync(room);

        await room.Within();
        Assert.Equal(0, _replies.Packets);
    }

    [Fact]
    public async Task WaitForRoom_ManyLanes_AreAllAskedForSixteenAtATime()
    {
        var lanes = Enumerable.Range(1, 40).Select(lane => (ulong)lane).ToList();
        lanes.ForEach(lane => HandOver(lane, beyond: 1));
        lanes.ForEach(lane => _lengths[lane] = 1);
        _isSilent = true;
        var room = Wait();
        foreach (int atOnce in new[] { 16, 16, 8 })
        {
            await Eventually.True(() => _asked.Count >= atOnce);

            // What else was asked for came before this.
            var fence = _session.RequestAsync(new LaneQueueLengthRequest(ulong.MaxValue), CancellationToken.None);
            await Eventually.True(() => _asked.Contains(ulong.MaxValue));
            Assert.Equal(atOnce + 1, _asked.Count);
            while (_asked.TryDequeue(out ulong lane))
            {
                await _peer.SendAsync(new LaneQueueLengthResponse(lane, _lengths.GetValueOrDefault(lane)));
            }

            await fence.Within();
        }

        _isSilent = false;
        await LookedAsync(room);
        Assert.Equal(40, _replies.Packets);

        // The last ones leave: they are asked for like the first.
        lanes[^9..].ForEach(lane => _lengths[lane] = 0);
        await LookAsync(room);

        await room.Within();
        Assert.Equal(31, _replies.Packets);
        Assert.Equal(lanes, _asked.Order());
    }

    [Fact]
    public async Task WaitForRoom_VeryManyLanes_SixtyFourAreAskedForInOneLook()
    {
        for (ulong lane = 1; lane <= 100; lane++)
        {
            HandOver(lane, beyond: 1);
            _lengths[lane] = 1;
        }

        var room = Wait();
        await LooksAsync(room, 1);
        Assert.Equal(64, _asked.Count);

        // Those do not move: in the end they are asked for no longer, but the others.
        for (int look = 1; look <= 50; look++)
        {
            await LookAsync(room);
        }

        Assert.Equal(36, _replies.Packets);
        Assert.False(room.IsCompleted);
        await LookAsync(room);

        await room.Within();
        Assert.Equal(0, _replies.Packets);
        Assert.Equal(100, _asked.Distinct().Count());
    }

    [Fact]
    public void Forget_WhatWasCounted_IsGone()
    {
        HandOver(1, beyond: 40);
        Assert.False(_replies.HasRoom);

        _replies.Forget();

        Assert.True(_replies.HasRoom);
        Assert.Equal(0, _replies.Packets);
        HandOver(1, beyond: PacketWindow.Least - 1);
        Assert.True(_replies.HasRoom);
        HandOver(2, beyond: 1);
        Assert.False(_replies.HasRoom);
    }

    // Of one packet and so many more.
    private static int Length(int beyond) => 1601 + (1604 * beyond);

    private void HandOver(ulong lane, int beyond) => _replies.HandedOver(lane, Length(beyond));

    private Task Wait() => _replies.WaitForRoomAsync(_session, CancellationToken.None);

    private void Advance(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>So many looks, the first of which goes on by itself; none of them may bring room.</summary>
    private async Task LooksAsync(Task room, int count)
    {
        await LookedAsync(room);
        for (int look = 1; look < count; look++)
        {
            await LookAsync(room);
        }

        Assert.False(room.IsCompleted);
    }

    private async Task LookAsync(Task room)
    {
        Assert.False(room.IsCompleted);
        Advance(seconds: 0.1);
        await LookedAsync(room);
    }

    /// <summary>A look ends with the wait for the next one, or with room.</summary>
    private async Task LookedAsync(Task room)
    {
        await Eventually.True(() => _time.Waits > _looks || room.IsCompleted);
        _looks = _time.Waits;
    }

    private NymResponse? Answer(NymRequest request)
    {
        if (request is not LaneQueueLengthRequest { ConnectionId: var lane })
        {
            return null;
        }

        _asked.Enqueue(lane);
        return _isSilent ? null : new LaneQueueLengthResponse(lane, _lengths.GetValueOrDefault(lane));
    }

    private sealed class CountingTime : FakeTimeProvider
    {
        private int _waits;

        /// <summary>How many waits were begun.</summary>
        public int Waits => Volatile.Read(ref _waits);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _waits);
            return timer;
        }
    }
}
