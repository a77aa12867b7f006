using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Hosting.Balancing;

namespace NymDirectory.Hosting.Tests.Balancing;

public sealed class ReplicaHealthTests
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void MayBeCalled_CallsAreAnswered_Always()
    {
        var health = new ReplicaHealth(_clock);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(health.MayBeCalled);
            health.Begin();
            _clock.Advance(ReplicaHealth.Silence - Instant);
            Assert.True(health.MayBeCalled);
            health.End(answered: true);
        }
    }

    [Fact]
    public void MayBeCalled_NoSignForLong_NotUntilThereIsOne()
    {
        var health = new ReplicaHealth(_clock);
        health.Begin();
        health.Begin();
        _clock.Advance(ReplicaHealth.Silence);
        Assert.False(health.MayBeCalled);

        health.End(answered: true);
        Assert.True(health.MayBeCalled);
    }

    [Fact]
    public void MayBeCalled_IdleForLong_StillTrue()
    {
        var health = new ReplicaHealth(_clock);
        _clock.Advance(TimeSpan.FromHours(1));
        health.Begin();
        Assert.True(health.MayBeCalled);
    }

    [Fact]
    public void MayBeCalled_AfterAFailure_OneCallFindsOutWhenThePauseIsOver()
    {
        var health = Failed();
        _clock.Advance(ReplicaHealth.FirstPause - Instant);
        Assert.False(health.MayBeCalled);

        _clock.Advance(Instant);
        Assert.True(health.MayBeCalled);
        health.Begin();
        Assert.False(health.MayBeCalled);

        health.End(answered: true);
        Assert.True(health.MayBeCalled);
    }

    [Fact]
    public void MayBeCalled_CallsThatFailTogether_AreOneOutage()
    {
        var health = new ReplicaHealth(_clock);
        for (var i = 0; i < 8; i++)
        {
            health.Begin();
        }

        for (var i = 0; i < 8; i++)
        {
            health.End(answered: false);
        }

        _clock.Advance(ReplicaHealth.FirstPause);
        Assert.True(health.MayBeCalled);
    }

    [Fact]
    public void MayBeCalled_FailuresInARow_PausesDoubleUpToTheLongest() => Gen.Int[1, 40].Sample(failures =>
    {
        var health = Failed();
        var pause = ReplicaHealth.FirstPause;
        for (var i = 1; i < failures; i++)
        {
            _clock.Advance(pause);
            health.Begin();
            health.End(answered: false);
            pause = pause * 2 < ReplicaHealth.LongestPause ? pause * 2 : ReplicaHealth.LongestPause;
        }

        _clock.Advance(pause - Instant);
        Assert.False(health.MayBeCalled);
        _clock.Advance(Instant);
        Assert.True(health.MayBeCalled);
    }, iter: 50, threads: 1);

    private ReplicaHealth Failed()
    {
        var health = new ReplicaHealth(_clock);
        health.Begin();
        health.End(answered: false);
        return health;
    }
}
