using NymDirectory.Load.Soak;
using NymDirectory.Load.Soak.Faults;

namespace NymDirectory.Load.Tests.Soak;

public sealed class FaultPlanTests
{
    [Fact]
    public void Of_TheSameSeed_IsTheSamePlanAndAnotherIsNot()
    {
        Assert.Equal(Faults(minutes: 1, seed: 5), Faults(minutes: 1, seed: 5));
        Assert.NotEqual(Faults(minutes: 1, seed: 5), Faults(minutes: 1, seed: 6));
    }

    [Fact]
    public void Of_OneMinute_EndsBeforeTheEndAndOverlapsNothing()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var faults = Faults(minutes: 1, seed);
            Assert.True(faults.Count >= 4);
            Assert.True(faults[^1].At + faults[^1].Lasting <= TimeSpan.FromSeconds(55));
            Assert.All(faults.Zip(faults.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Lasting < pair.Second.At));
        }
    }

    [Fact]
    public void Of_AnHour_HasEveryKindAndKillsNoServiceInItsLastThird()
    {
        var faults = Faults(minutes: 60, seed: 5);

        Assert.Equal(Enum.GetValues<FaultKind>().Length, faults.Select(fault => fault.Kind).Distinct().Count());
        Assert.All(
            faults.Where(fault => fault.At >= TimeSpan.FromMinutes(40)),
            fault => Assert.Contains(fault.Kind, (FaultKind[])[FaultKind.RelayStopped, FaultKind.Mixnet, FaultKind.UserGone]));
    }

    private static IReadOnlyList<PlannedFault> Faults(int minutes, int seed) => FaultPlan.Of(SettingsOf(minutes, seed), relays: 2).Faults;

    private static SoakSettings SettingsOf(int minutes, int seed) => new(seed, TimeSpan.FromMinutes(minutes), Users: 12, Programs: null);
}
