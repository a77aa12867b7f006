using NymDirectory.Localnet.Faults;

namespace NymDirectory.Localnet.Tests.Faults;

public class FaultDiceTests
{
    private const int Many = 10_000;

    private readonly FaultDice _dice = new(new Random(1));

    [Fact]
    public void Draw_NothingSet_ArrivesOnceAtOnce()
    {
        var fate = _dice.Draw(FaultSettings.None, 1);

        Assert.Equal((1, TimeSpan.Zero, false), (fate.Copies, fate.Delay, fate.Reordered));
    }

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(10, 0.651)]
    public void Draw_Loss_GrowsWithThePackets(int packets, double expected)
    {
        var settings = new FaultSettings { Loss = 0.1 };

        var lost = Enumerable.Range(0, Many).Count(_ => _dice.Draw(settings, packets).Copies == 0);

        Assert.InRange(lost / (double)Many, expected - 0.02, expected + 0.02);
    }

    [Fact]
    public void Draw_Duplicate_MakesTwo() => Assert.Equal(2, _dice.Draw(new FaultSettings { Duplicate = 1 }, 1).Copies);

    [Fact]
    public void Draw_Jitter_StaysWithinItsBounds()
    {
        var settings = new FaultSettings { Delay = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.FromMilliseconds(50) };

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(_dice.Draw(settings, 1).Delay.TotalMilliseconds, 100, 150));
    }

    [Fact]
    public void Draw_SameSeed_DrawsTheSame()
    {
        var settings = new FaultSettings { Loss = 0.5, Duplicate = 0.5, Reorder = 0.5, Jitter = TimeSpan.FromSeconds(1) };
        var (one, other) = (new FaultDice(new Random(7)), new FaultDice(new Random(7)));

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(one.Draw(settings, 1), other.Draw(settings, 1)));
    }
}
