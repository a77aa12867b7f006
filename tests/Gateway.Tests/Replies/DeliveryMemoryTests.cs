using Google.Protobuf;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Replies;

namespace NymDirectory.Gateway.Tests.Replies;

public sealed class DeliveryMemoryTests
{
    private static readonly RunId Run = RunId.New();
    private static readonly ByteString Lease = ByteString.CopyFrom(1);

    private readonly DeliveryMemory _memory = new(maxTaken: 3);

    [Fact]
    public void Reserve_NewPendingAndTaken_AreToldApart()
    {
        Assert.Equal(DeliverySeen.New, _memory.Reserve(1, Run, 0, Lease));
        Assert.Equal(DeliverySeen.Pending, _memory.Reserve(1, Run, 0, Lease));
        Assert.Equal(Lease, _memory.Finish(1, Run, 0, taken: true));
        Assert.Equal(DeliverySeen.Taken, _memory.Reserve(1, Run, 0, Lease));
    }

    [Fact]
    public void Reserve_Forgotten_IsNew()
    {
        _memory.Reserve(1, Run, 0, Lease);
        _memory.Forget(1, Run, 0);

        Assert.Equal(DeliverySeen.New, _memory.Reserve(1, Run, 0, Lease));
    }

    [Fact]
    public void Finish_HandedOverAnewInAnotherRun_ReportsNothingForTheOld()
    {
        var next = RunId.New();
        _memory.Reserve(1, Run, 0, Lease);

        Assert.Equal(DeliverySeen.New, _memory.Reserve(1, next, 0, Lease));
        Assert.Null(_memory.Finish(1, Run, 0, taken: false));
        Assert.Equal(DeliverySeen.Pending, _memory.Reserve(1, next, 0, Lease));
    }

    [Fact]
    public void Finish_MoreThanItsBound_ForgetsTheOldestTakenAndNothingPending()
    {
        _memory.Reserve(0, Run, 0, Lease);
        for (ulong id = 1; id <= 10; id++)
        {
            _memory.Reserve(id, Run, 0, Lease);
            _memory.Finish(id, Run, 0, taken: true);
        }

        Assert.Equal(4, _memory.Count);
        Assert.Equal(DeliverySeen.Pending, _memory.Reserve(0, Run, 0, Lease));
        Assert.Equal(DeliverySeen.Taken, _memory.Reserve(8, Run, 0, Lease));
        Assert.Equal(DeliverySeen.New, _memory.Reserve(7, Run, 0, Lease));
    }

    [Fact]
    public void Reserve_ALaterRound_IsNewAndTheEarlierOneReportsNothing()
    {
        _memory.Reserve(1, Run, 0, Lease);

        Assert.Equal(DeliverySeen.New, _memory.Reserve(1, Run, 1, Lease));
        Assert.Null(_memory.Finish(1, Run, 0, taken: true));
        Assert.Equal(DeliverySeen.Pending, _memory.Reserve(1, Run, 1, Lease));
        Assert.Equal(Lease, _memory.Finish(1, Run, 1, taken: true));
        Assert.Equal(DeliverySeen.Taken, _memory.Reserve(1, Run, 1, Lease));
        Assert.Equal(DeliverySeen.Superseded, _memory.Reserve(1, Run, 0, Lease));
    }

    [Fact]
    public void Finish_ManyRoundsOfOne_TheOldOnesDoNotPushItOut()
    {
        for (uint round = 0; round < 3; round++)
        {
            _memory.Reserve(1, Run, round, Lease);
            _memory.Finish(1, Run, round, taken: true);
        }

        _memory.Reserve(2, Run, 0, Lease);
        _memory.Finish(2, Run, 0, taken: true);

        Assert.Equal(DeliverySeen.Taken, _memory.Reserve(1, Run, 2, Lease));
    }
}
