using CsCheck;
using NymDirectory.Gateway.NymClient;

namespace NymDirectory.Gateway.Tests.NymClient;

public sealed class BackOffTests
{
    private static readonly Gen<TimeSpan> Pauses = Gen.Int[1, 10_000].Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Next_AnyRandomness_StaysBetweenHalfAndAllOfTheDoubledPause() =>
        Gen.Select(Pauses, Pauses, Gen.Double[0, 1].Array[1, 80]).Sample((first, longest, draws) =>
        {
            var next = new Queue<double>(draws);
            var backOff = new BackOff(first, longest, next.Dequeue);
            for (int i = 0; i < draws.Length; i++)
            {
                var ceiling = Math.Min(first.TotalMilliseconds * Math.Pow(2, i), longest.TotalMilliseconds);
                Assert.InRange(backOff.Next().TotalMilliseconds, (ceiling / 2) - 0.001, ceiling + 0.001);
            }
        });

    [Fact]
    public void Next_FullDraws_DoublesUpToTheCap()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), () => 1);

        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => backOff.Next().TotalSeconds));
    }

    [Fact]
    public void Reset_AfterLongPauses_BeginsAnew()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), () => 0);
        for (int i = 0; i < 8; i++)
        {
            backOff.Next();
        }

        Assert.Equal(TimeSpan.FromSeconds(30), backOff.Next());

        backOff.Reset();

        Assert.Equal(TimeSpan.FromSeconds(0.5), backOff.Next());
    }
}
