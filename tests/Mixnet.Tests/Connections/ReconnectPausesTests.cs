using CsCheck;
using NymDirectory.Mixnet.Connections;

namespace NymDirectory.Mixnet.Tests.Connections;

public sealed class ReconnectPausesTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public void Next_HighestJitter_DoublesUpToTheCap()
    {
        var pauses = new ReconnectPauses(First, Longest, () => 1);
        var seconds = Enumerable.Range(0, 9).Select(_ => pauses.Next().TotalSeconds);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], seconds);
    }

    [Fact]
    public void Next_LowestJitter_IsHalfOfIt()
    {
        var pauses = new ReconnectPauses(First, Longest, () => 0);
        var seconds = Enumerable.Range(0, 8).Select(_ => pauses.Next().TotalSeconds);
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 15, 15], seconds);
    }

    [Fact]
    public void Reset_AfterMany_StartsOver()
    {
        var pauses = new ReconnectPauses(First, Longest, () => 1);
        for (var i = 0; i < 100; i++)
        {
            pauses.Next();
        }

        pauses.Reset();
        Assert.Equal(First, pauses.Next());
    }

    [Fact]
    public void Next_AnySettingsAndJitter_StaysWithinBounds() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[1, 100_000], Gen.Double[-0.5, 1.5].Array[1, 40]).Sample((first, longest, jitter) =>
        {
            var index = 0;
            var pauses = new ReconnectPauses(TimeSpan.FromMilliseconds(first), TimeSpan.FromMilliseconds(longest), () => jitter[index]);
            var ceiling = Math.Min(first, (double)longest);
            for (; index < jitter.Length; index++)
            {
                var pause = pauses.Next().TotalMilliseconds;
                Assert.InRange(pause, (0.5 * ceiling) - 0.01, ceiling + 0.01);
                ceiling = Math.Min(2 * ceiling, longest);
            }
        });
}
