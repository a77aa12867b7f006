using NymDirectory.Load.Endurance;

namespace NymDirectory.Load.Tests.Endurance;

/// <summary>Nine minutes, of which the first three count as warm-up.</summary>
public sealed class MemorySeriesTests
{
    private readonly MemorySeries _series = new("directory", minutes: 9);

    [Fact]
    public void IsFlat_GrewWhileItWarmedUpOnly_Is()
    {
        Add(60, 90, 110, 120, 119, 121, 120, 122, 120);
        Assert.True(_series.IsFlat);
    }

    [Fact]
    public void IsFlat_GrowsMinuteByMinute_IsNot()
    {
        Add(100, 102, 104, 106, 108, 110, 112, 114, 116);
        Assert.False(_series.IsFlat);
        Assert.StartsWith("GROWS", _series.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void IsFlat_OneHighValueAtTheEnd_Is()
    {
        Add(100, 100, 100, 100, 100, 100, 100, 100, 106);
        Assert.True(_series.IsFlat);
    }

    [Fact]
    public void IsFlat_GrowsAndFallsBackAtTheEnd_IsNot()
    {
        Add(100, 100, 100, 100, 110, 120, 130, 140, 130);
        Assert.False(_series.IsFlat);
    }

    [Fact]
    public void IsFlat_TooFewMinutes_IsNotJudged()
    {
        Add(100, 100, 100, 100, 200, 300, 400);
        Assert.Null(_series.IsFlat);
    }

    private void Add(params IEnumerable<double> megabytes)
    {
        foreach (var one in megabytes)
        {
            _series.Add(one);
        }
    }
}
