using Microsoft.Extensions.Time.Testing;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.Tests.Rig;

namespace NymDirectory.Localnet.Tests.Packets;

public class LaneBuffersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LaneBuffers _lanes;

    public LaneBuffersTests() => _lanes = new LaneBuffers(_time);

    [Fact]
    public void TakePacket_LongMessage_LeavesWithItsLastPacket()
    {
        var message = Some.Message(packets: 3, lane: 7);
        _lanes.Add(message);

        Assert.Null(_lanes.TakePacket());
        Assert.Null(_lanes.TakePacket());
        Assert.Same(message, _lanes.TakePacket());
        Assert.True(_lanes.IsEmpty);
    }

    [Fact]
    public void TakePacket_TwoLanes_TakeTurns()
    {
        var longer = Some.Message(packets: 2, lane: 1);
        var shorter = Some.Message(packets: 1, lane: 2);
        _lanes.Add(longer);
        _lanes.Add(shorter);

        Assert.Null(_lanes.TakePacket());
        Assert.Same(shorter, _lanes.TakePacket());
        Assert.Same(longer, _lanes.TakePacket());
    }

    [Fact]
    public void ReportedLength_BeforeAPacketLeft_IsZero()
    {
        _lanes.Add(Some.Message(packets: 3, lane: 1));
        Assert.Equal(0, _lanes.ReportedLength(1));

        _lanes.TakePacket();
        Assert.Equal(2, _lanes.ReportedLength(1));
    }

    [Fact]
    public void Close_WaitingLane_ThrowsItAway()
    {
        _lanes.Add(Some.Message(lane: 1));
        var kept = Some.Message(lane: 2);
        _lanes.Add(kept);

        _lanes.Close(1);

        Assert.Same(kept, _lanes.TakePacket());
        Assert.True(_lanes.IsEmpty);
    }

    [Fact]
    public void CloseIdle_AfterTenMinutes_ThrowsAwayOnlyIdleLanes()
    {
        _lanes.Add(Some.Message(lane: 1));
        _time.Advance(TimeSpan.FromMinutes(9));
        _lanes.Add(Some.Message(lane: 2));
        _lanes.Add(Some.Message());
        Assert.Empty(_lanes.CloseIdle());

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([1UL], _lanes.CloseIdle());
        Assert.NotNull(_lanes.TakePacket());
        Assert.NotNull(_lanes.TakePacket());
        Assert.Null(_lanes.TakePacket());
    }
}
