using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Tests.Measuring;

public sealed class LatenciesTests
{
    private readonly Latencies _latencies = new();

    [Fact]
    public void Between_AHundredInAnyOrder_ThePercentilesAreThoseOfTheSortedOnes()
    {
        Add(Enumerable.Range(1, 100).Select(i => i % 2 == 0 ? i : 100.0 - i));

        var summary = _latencies.Between(0, 100);

        Assert.Equal(_latencies.Between(0, 100), summary);
        Assert.InRange(summary.P50, 50, 51);
        Assert.InRange(summary.P95, 95, 96);
        Assert.InRange(summary.P99, 99, 100);
        Assert.Equal(100, summary.Longest);
    }

    [Fact]
    public void Between_AWindow_CountsNothingElse()
    {
        Add([1_000, 1, 2, 3, 1_000]);
        Assert.Equal(new LatencySummary(2, 3, 3, 3), _latencies.Between(1, 4));
    }

    [Fact]
    public void Between_Nothing_IsZero() => Assert.Equal(new LatencySummary(0, 0, 0, 0), _latencies.Between(0, 0));

    private void Add(IEnumerable<double> milliseconds)
    {
        foreach (var one in milliseconds)
        {
            _latencies.Add(one);
        }
    }
}
