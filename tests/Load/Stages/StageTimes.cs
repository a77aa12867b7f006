namespace NymDirectory.Load.Stages;

/// <summary>How long a stage took of many messages, in milliseconds.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Messages">Of how many it is known.</param>
/// <param name="Mean">Of all of them.</param>
/// <param name="P50">Half of them took less.</param>
/// <param name="P99">One in a hundred took longer.</param>
/// <param name="OfSlowest">The mean of those that took longest for the whole way, two in a hundred; not a number when none is known.</param>
internal sealed record StageTimes(Stage Stage, int Messages, double Mean, double P50, double P99, double OfSlowest)
{
    private const double SlowShare = 0.02;

    /// <summary>One for each stage; those of which nothing is known are left out.</summary>
    public static IReadOnlyList<StageTimes> Of(IReadOnlyList<MessageWay> ways)
    {
        var known = ways.Where(way => way.Milliseconds(Stage.Whole) is not null).OrderByDescending(way => way.Milliseconds(Stage.Whole)).ToList();
        var slowest = known.Take((int)Math.Ceiling(known.Count * SlowShare)).ToList();
        return [.. Enum.GetValues<Stage>().Select(stage => Of(stage, Times(ways, stage), Times(slowest, stage))).OfType<StageTimes>()];
    }

    private static List<double> Times(IEnumerable<MessageWay> ways, Stage stage) => [.. ways.Select(way => way.Milliseconds(stage)).OfType<double>().Order()];

    private static StageTimes? Of(Stage stage, List<double> times, List<double> slowest) => times.Count == 0
        ? null
        : new StageTimes(
            stage, times.Count, times.Average(), times[times.Count / 2], times[(int)(times.Count * 0.99)], slowest.Count == 0 ? double.NaN : slowest.Average());
}
