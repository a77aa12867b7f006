using Microsoft.Extensions.Time.Testing;
using NymDirectory.Load.Crowds;
using NymDirectory.Load.Workloads;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Tests.Workloads;

/// <summary>A clock of its own, which goes on whenever somebody looks; a real socket.</summary>
public sealed class TrafficTests : IDisposable
{
    private readonly SilentHub _hub = new();
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(2) };
    private readonly Crowd _crowd;
    private readonly OneByteWorkload _workload;

    public TrafficTests()
    {
        var address = NymAddress.FromBytes(new byte[NymAddress.Size]);
        _crowd = new Crowd([address], address, "test", BlockSupply.Plenty);
        _workload = new OneByteWorkload(_crowd, _hub);
    }

    public void Dispose() => _hub.Dispose();

    [Fact]
    public void Run_ASteadyRateThatNothingAnswers_IsOfferedToTheEnd()
    {
        var traffic = Traffic(new Pace(Pace.Unlimited, PerSecond: 20_000));
        traffic.Run(TimeSpan.FromSeconds(1));
        Assert.InRange(traffic.Begun, 19_900, 20_100);
    }

    [Fact]
    public void Run_PartOfASteadyRate_IsThatPart()
    {
        var traffic = Traffic(new Pace(Pace.Unlimited, PerSecond: 20_000));
        traffic.Run(TimeSpan.FromSeconds(1), partOfRate: 0.25);
        Assert.InRange(traffic.Begun, 4_950, 5_050);
    }

    [Fact]
    public void Run_NoRate_BeginsAnotherOnlyWhenOneHasEnded()
    {
        var traffic = Traffic(new Pace(InFlight: 8));
        traffic.Run(TimeSpan.FromMilliseconds(50));
        Assert.Equal(8, traffic.Begun);

        _hub.Reply((0, Step.Completed), (1, Step.Answered), (2, Step.Refused), (3, Step.AnsweredAndCompleted));
        RunUntil(traffic, () => traffic.Counts.Answered.Count == 2);
        traffic.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(11, traffic.Begun);
        Assert.Equal((2, 1, 0), (traffic.Counts.Completed.Count, traffic.Counts.Refused, traffic.Counts.Repeated));
    }

    [Fact]
    public void Run_AGeneratorThatIsLate_CountsFromWhenAnOperationShouldHaveBegun()
    {
        _time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(500);
        _workload.Begins = operation =>
        {
            if (operation == 4)
            {
                _hub.Reply([.. Enumerable.Range(0, 5).Select(i => (i, Step.Completed))]);
            }
        };
        var traffic = Traffic(new Pace(Pace.Unlimited, PerSecond: 4));

        traffic.Run(TimeSpan.FromSeconds(1));
        traffic.Drain();

        // Looked at the clock after 500 ms for the first time, and again before it began the first ones and when their answers were there.
        Assert.Equal(5, traffic.Begun);
        Assert.Equal([1_500.0, 1_250.0, 1_000.0, 750.0, 500.0], Enumerable.Range(0, 5).Select(i => traffic.Counts.Completed.Between(i, i + 1).Longest));
    }

    [Fact]
    public void Drain_WhatNobodyAnswers_IsGivenUpAndDoesNotStandInTheWay()
    {
        var traffic = Traffic(new Pace(InFlight: 4));
        traffic.Run(TimeSpan.FromMilliseconds(50));
        Assert.Equal(4, traffic.Begun);

        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(20);
        traffic.Drain();
        _time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(2);
        traffic.Run(TimeSpan.FromMilliseconds(50));

        Assert.Equal(8, traffic.Begun);
        Assert.Equal(0, traffic.Counts.Ended);
    }

    private Traffic Traffic(Pace pace) => new(_workload, _crowd, _hub.Socket, pace, _time);

    /// <summary>The socket is a real one: what was written may take a moment.</summary>
    private static void RunUntil(Traffic traffic, Func<bool> happened)
    {
        for (var attempt = 0; attempt < 1_000 && !happened(); attempt++)
        {
            traffic.Run(TimeSpan.FromMilliseconds(4));
        }

        Assert.True(happened());
    }
}
