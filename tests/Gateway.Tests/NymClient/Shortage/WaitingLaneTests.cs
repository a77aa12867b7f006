using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Shortage;

namespace NymDirectory.Gateway.Tests.NymClient.Shortage;

public sealed class WaitingLaneTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WaitingLane _lane;
    private readonly long _longAgo;

    public WaitingLaneTests()
    {
        _lane = new WaitingLane(RunId.New(), _time, TimeSpan.FromSeconds(1));
        _longAgo = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Measure_ZeroASecondLater_IsTaken()
    {
        Add(length: 0);
        Assert.Empty(Measure(0));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([ReplyFate.Taken], Measure(0));
        Assert.Equal(0, _lane.Count);
    }

    [Fact]
    public void Measure_ShortAndFilledUpInTime_IsTaken()
    {
        long heard = _time.GetTimestamp();
        Add(length: 1, heard);
        Assert.Empty(After(TimeSpan.FromSeconds(20), 1, heard));

        Assert.Equal([ReplyFate.Taken], After(TimeSpan.FromSeconds(4), 0, heard));
    }

    [Fact]
    public void Measure_EmptyOnlyWhenItMayHaveBeenDropped_IsUnsent()
    {
        long heard = _time.GetTimestamp();
        Add(length: 1, heard);
        Assert.Empty(After(TimeSpan.FromSeconds(20), 1, heard));

        Assert.Equal([ReplyFate.Unsent], After(TimeSpan.FromSeconds(10), 0, heard));
    }

    [Fact]
    public void Measure_OwnerNotHeardOfForFiveMinutes_EmptyIsUnsentHoweverSoon()
    {
        long heard = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMinutes(5));
        Add(length: 1, heard);

        Assert.Equal([ReplyFate.Unsent], After(TimeSpan.FromSeconds(2), 0, heard));
    }

    [Fact]
    public void Measure_OwnerShowsUpMeanwhile_IsTaken()
    {
        Add(length: 1);
        Assert.Empty(After(TimeSpan.FromSeconds(27), 1));
        long heard = _time.GetTimestamp();

        Assert.Equal([ReplyFate.Taken], After(TimeSpan.FromSeconds(2), 0, heard));
    }

    [Fact]
    public void Measure_GrowsShorter_TheOldestHaveLeft()
    {
        for (int i = 0; i < 5; i++)
        {
            Add(length: (ulong)i);
        }

        Assert.Equal([ReplyFate.Taken, ReplyFate.Taken], After(TimeSpan.FromSeconds(2), 3));
        Assert.Equal([ReplyFate.Taken], After(TimeSpan.FromSeconds(20), 2));

        // It moved, so whoever it is for is there.
        Assert.Equal([ReplyFate.Taken, ReplyFate.Taken], After(TimeSpan.FromSeconds(20), 0));
    }

    [Fact]
    public void Measure_LongReply_CountsAllItsPackets()
    {
        Add(length: 0, size: 1);
        Add(length: 1, size: 4000);

        // Two of its three packets lack blocks.
        Assert.Equal([ReplyFate.Taken], After(TimeSpan.FromSeconds(2), 2));
        Assert.Equal(1, _lane.Count);
    }

    [Fact]
    public void Measure_NoProgressForTwoMinutes_ComesToAnEnd()
    {
        Add(length: 1);
        for (int second = 0; second < 119; second++)
        {
            Assert.Empty(After(TimeSpan.FromSeconds(1), 1));
        }

        Assert.Equal([ReplyFate.Unsent], After(TimeSpan.FromSeconds(1), 1));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1601, 1)]
    [InlineData(1602, 2)]
    [InlineData(3205, 2)]
    [InlineData(3206, 3)]
    [InlineData(4809, 3)]
    [InlineData(4810, 4)]
    public void Packets_OfAReply_AreCountedAsNymClientDoes(int length, int packets) => Assert.Equal(packets, LaneRules.Packets(length));

    private void Add(ulong length, long? heard = null, int size = 1) =>
        _lane.Add(new OutboxEntry(new OutboundReply(default, RunId.New(), new byte[size]), isDelivery: true), length, heard ?? _longAgo);

    private IReadOnlyList<ReplyFate> After(TimeSpan time, ulong length, long? heard = null)
    {
        _time.Advance(time);
        return Measure(length, heard);
    }

    private IReadOnlyList<ReplyFate> Measure(ulong length, long? heard = null) =>
        [.. _lane.Measure(length, _time.GetTimestamp(), heard ?? _longAgo).Select(ended => ended.Fate)];
}
