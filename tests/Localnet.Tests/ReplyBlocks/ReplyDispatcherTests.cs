using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.ReplyBlocks;
using NymDirectory.Localnet.Tests.Rig;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.ReplyBlocks;

public sealed class ReplyDispatcherTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly RecordingLoggerProvider _logs = new();
    private readonly List<MixMessage> _sent = [];
    private readonly SenderTag _tag = Some.Tag();
    private readonly ReplyDispatcher _replies;

    public ReplyDispatcherTests() => _replies = Create(new ReplyBlockSettings());

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void Reply_ElevenBlocks_LeavesAtOnceWithTheOldest()
    {
        _replies.Receive(_tag, Some.Blocks(11, first: 100));

        var message = Read<ReplyMessage>(_replies.Reply(_tag, new byte[10], null));

        Assert.Equal([100UL], message.Keys);
        Assert.Empty(_sent);
    }

    [Fact]
    public void Reply_TenBlocks_WaitsAndAsksAtOnce()
    {
        _replies.Receive(_tag, Some.Blocks(10, first: 100));

        Assert.Null(_replies.Reply(_tag, new byte[10], null));

        var request = Assert.IsType<ReplyBlockRequest>(Assert.Single(_sent));
        Assert.Equal(100UL, request.Key);
        Assert.Equal(10, request.Amount);
    }

    [Fact]
    public void Receive_WhatWasAskedFor_SendsWhatWaitedInOrder()
    {
        _replies.Receive(_tag, Some.Blocks(10));
        _replies.Reply(_tag, new byte[] { 1 }, null);
        _replies.Reply(_tag, new byte[] { 2 }, null);
        _sent.Clear();

        _replies.Receive(_tag, Some.Blocks(10, first: 500));

        Assert.Equal([1, 2], _sent.OfType<ReplyMessage>().Select(reply => (int)reply.Content.Span[0]));
        Assert.Empty(_sent.OfType<ReplyBlockRequest>());
    }

    [Fact]
    public void Reply_BehindOneThatWaits_DoesNotOvertake()
    {
        _replies.Receive(_tag, Some.Blocks(11));
        Assert.Null(_replies.Reply(_tag, new byte[1602], null));

        Assert.Null(_replies.Reply(_tag, new byte[1], null));
    }

    [Fact]
    public void Reply_ThreePackets_CostsThreeBlocks()
    {
        _replies.Receive(_tag, Some.Blocks(13, first: 1));

        Assert.Equal([1UL, 2, 3], Read<ReplyMessage>(_replies.Reply(_tag, new byte[4809], null)).Keys);
    }

    [Fact]
    public void Reply_ManyPackets_AsksForAtMostFifty()
    {
        _replies.Receive(_tag, Some.Blocks(10));

        _replies.Reply(_tag, new byte[200_000], null);

        Assert.Equal(50, Assert.IsType<ReplyBlockRequest>(Assert.Single(_sent)).Amount);
    }

    [Fact]
    public void Reply_UnknownTag_WarnsOnceAndSendsNothing()
    {
        Assert.Null(_replies.Reply(_tag, new byte[1], 5));
        Assert.Null(_replies.Reply(_tag, new byte[1], 5));

        Assert.Single(_logs.Entries, entry => entry.Level == LogLevel.Warning);
        Assert.Empty(_sent);
        Assert.Equal(0, _replies.WaitingOn(5));
    }

    [Fact]
    public void Inspect_NothingComes_AsksSixTimesMoreThenDrops()
    {
        _replies.Receive(_tag, Some.Blocks(10));
        _replies.Reply(_tag, new byte[1], 3);
        Assert.Equal(1, Asked());

        AdvanceTicks(1);
        Assert.Equal(1, Asked());
        AdvanceTicks(1);
        Assert.Equal(2, Asked());
        AdvanceTicks(5);
        Assert.Equal(7, Asked());
        Assert.Equal(1, _replies.WaitingOn(3));
        AdvanceTicks(1);

        Assert.Equal(7, Asked());
        Assert.Equal(0, _replies.WaitingOn(3));
    }

    [Fact]
    public void Inspect_LastBlocksOverFiveMinutesOld_DropsAtTheNextTick()
    {
        _replies.Receive(_tag, Some.Blocks(10));
        _time.Advance(TimeSpan.FromMinutes(5.1));
        _replies.Reply(_tag, new byte[1], 3);
        Assert.Equal(1, Asked());

        AdvanceTicks(1);

        Assert.Equal(0, _replies.WaitingOn(3));
        Assert.Equal(1, Asked());
    }

    [Fact]
    public void Receive_WithABuffer_AsksBeforeItRunsShort()
    {
        var replies = Create(new ReplyBlockSettings { MinimumThresholdBuffer = 5 });
        replies.Receive(_tag, Some.Blocks(16));
        Assert.Equal(0, Asked());

        Assert.NotNull(replies.Reply(_tag, new byte[1], null));
        Assert.NotNull(replies.Reply(_tag, new byte[1], null));

        Assert.Equal(1, Asked());
    }

    [Fact]
    public void WaitingOn_RepliesOfTheLane_AreCountedUntilTheyLeave()
    {
        _replies.Receive(_tag, Some.Blocks(10));
        _replies.Reply(_tag, new byte[1], 3);
        _replies.Reply(_tag, new byte[2000], 3);
        _replies.Reply(_tag, new byte[1], 4);

        Assert.Equal((3, 1, 0), (_replies.WaitingOn(3), _replies.WaitingOn(4), _replies.WaitingOn(5)));
        _replies.Receive(_tag, Some.Blocks(20));

        Assert.Equal((0, 0), (_replies.WaitingOn(3), _replies.WaitingOn(4)));
    }

    [Fact]
    public void Receive_BlocksOfAnother_AddToTheSameTag()
    {
        _replies.Receive(_tag, Some.Blocks(10));
        var stranger = Some.Blocks(1);
        _replies.Receive(_tag, stranger);

        // The oldest goes first, so the stranger's is among those held back now.
        Assert.NotEqual(stranger[0].ReturnAddress, _replies.Reply(_tag, new byte[1], null)!.Recipient);
        Assert.Contains(stranger[0], _replies.Snapshot().Single().Blocks);
    }

    private static T Read<T>(OutgoingMessage? message)
        where T : MixMessage
    {
        Assert.NotNull(message);
        Assert.True(MixMessageReader.TryRead(message.Payload, out var read));
        return Assert.IsAssignableFrom<T>(read);
    }

    private ReplyDispatcher Create(ReplyBlockSettings settings) => new(
        Some.Address(), settings, message => _sent.Add(Read<MixMessage>(message)), _logs.CreateLogger("replies"), _time);

    private int Asked() => _sent.OfType<ReplyBlockRequest>().Count();

    private void AdvanceTicks(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _time.Advance(ReplyDispatcher.InspectionInterval);
            _replies.Inspect();
        }
    }
}
