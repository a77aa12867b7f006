using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Receiving;

namespace NymDirectory.Client.Tests.Receiving;

public sealed class SenderOrderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Take_InOrder_PassesEachOn()
    {
        var order = Order(position: 4);
        Assert.Equal([5], order.Take(5, 5));
        Assert.Equal([6], order.Take(6, 6));
        Assert.Null(order.Wait);
    }

    [Fact]
    public void Take_TooEarly_WaitsForTheOneBefore()
    {
        var order = Order(position: 4);
        Assert.Empty(order.Take(7, 7));
        Assert.Empty(order.Take(6, 6));
        Assert.Equal([5, 6, 7], order.Take(5, 5));
        Assert.Equal(0, order.Held);
    }

    [Fact]
    public void Take_TheVeryFirst_PassesAtOnce() => Assert.Equal([1], Order(position: null).Take(1, 1));

    [Fact]
    public void Take_NothingKnown_WaitsAMomentForWhatWasOvertaken()
    {
        var order = Order(position: null);
        Assert.Empty(order.Take(8, 8));
        Assert.Empty(order.Take(7, 7));
        Assert.Equal(FirstPatience, order.Wait);
        _time.Advance(FirstPatience);
        Assert.Equal([7, 8], order.Due());
        Assert.Equal([9], order.Take(9, 9));
        Assert.Empty(order.Take(11, 11));
        Assert.Equal(Patience, order.Wait);
    }

    [Fact]
    public void Due_GapThatNeverFills_IsGivenUpInTime()
    {
        var order = Order(position: 4);
        order.Take(7, 7);
        _time.Advance(TimeSpan.FromSeconds(40));
        order.Take(9, 9);
        Assert.Empty(order.Due());
        Assert.Equal(TimeSpan.FromSeconds(5), order.Wait);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([7], order.Due());
        Assert.Equal([8, 9], order.Take(8, 8));
    }

    [Fact]
    public void Due_OneHeldForLong_BringsAlongThoseBeforeIt()
    {
        var order = Order(position: 4);
        order.Take(9, 9);
        _time.Advance(TimeSpan.FromSeconds(44));
        order.Take(7, 7);
        order.Take(10, 10);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([7, 9, 10], order.Due());
    }

    [Fact]
    public void Take_Straggler_PassesAtOnceAndMovesNothing()
    {
        var order = Order(position: 9);
        Assert.True(order.IsStraggler(3));
        Assert.Equal([3], order.Take(3, 3));
        Assert.Equal([10], order.Take(10, 10));
    }

    [Fact]
    public void Take_NumbersBeginAgain_AreOrderedAgainFromTheSecondOn()
    {
        var order = Order(position: 56);
        Assert.Equal([1], order.Take(1, 1));
        Assert.False(order.IsStraggler(2));
        Assert.Equal([2], order.Take(2, 2));
        Assert.Empty(order.Take(4, 4));
        Assert.Equal([3, 4], order.Take(3, 3));
    }

    [Fact]
    public void Take_TheSameNumberTwice_LosesNeither()
    {
        var order = Order(position: 4);
        order.Take(6, 61);
        order.Take(6, 62);
        Assert.Equal([5, 61, 62], order.Take(5, 5));
    }

    [Fact]
    public void Take_NoPatience_NeverHolds()
    {
        var order = new SenderOrder<int>(4, TimeSpan.Zero, TimeSpan.Zero, _time);
        Assert.Equal([9], order.Take(9, 9));
        Assert.Equal([7], order.Take(7, 7));
        Assert.Equal(0, new SenderOrder<int>(null, TimeSpan.Zero, TimeSpan.Zero, _time).Held);
    }

    [Fact]
    public void Take_AllWithinThePatience_ComeOutInOrder() =>
        Gen.Select(Gen.Shuffle(Enumerable.Range(1, 60).ToArray()), Gen.Int[0, 700].Array[60]).Sample((arrivals, pauses) =>
        {
            var time = new FakeTimeProvider();
            var order = new SenderOrder<int>(0, Patience, FirstPatience, time);
            var passed = new List<int>();
            for (var i = 0; i < arrivals.Length; i++)
            {
                passed.AddRange(order.Take(arrivals[i], arrivals[i]));
                time.Advance(TimeSpan.FromMilliseconds(pauses[i]));
                passed.AddRange(order.Due());
            }

            Assert.Equal(Enumerable.Range(1, 60), passed);
        });

    /// <summary>Whatever comes: restarts of the numbers, gaps, repetitions, hours in between.</summary>
    [Fact]
    public void Take_Whatever_EachComesOutOnceAndWithinThePatience() =>
        Gen.Select(Gen.Long[0, 30].Array[0, 80], Gen.Int[0, 20_000].Array[80], Gen.Long[0, 20].Nullable()).Sample((sequences, pauses, position) =>
        {
            var time = new FakeTimeProvider();
            var order = new SenderOrder<int>(position, Patience, FirstPatience, time);
            var came = new Dictionary<int, DateTimeOffset>();
            var passed = new List<int>();
            for (var i = 0; i < sequences.Length; i++)
            {
                came[i] = time.GetUtcNow();
                Check(order.Take(sequences[i], i));
                RunFor(TimeSpan.FromMilliseconds(pauses[i]));
            }

            RunFor(Patience);
            Assert.Equal(0, order.Held);
            Assert.Equal(Enumerable.Range(0, sequences.Length), passed.Order());

            void RunFor(TimeSpan span)
            {
                var end = time.GetUtcNow() + span;
                while (order.Wait is { } wait && time.GetUtcNow() + wait <= end)
                {
                    time.Advance(wait);
                    Check(order.Due());
                }

                time.Advance(end - time.GetUtcNow());
            }

            void Check(List<int> now)
            {
                Assert.All(now, i => Assert.True(time.GetUtcNow() - came[i] <= Patience));
                passed.AddRange(now);
            }
        });

    private SenderOrder<int> Order(long? position) => new(position, Patience, FirstPatience, _time);
}
