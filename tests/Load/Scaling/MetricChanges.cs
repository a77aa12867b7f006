using NymDirectory.EndToEnd.Telemetry;

namespace NymDirectory.Load.Scaling;

/// <summary>By how much the services' own figures grew from one export to another.</summary>
internal sealed class MetricChanges
{
    private const string Checks = "nymdirectory.relay.signature_checks";
    private const string CommitDuration = "nymdirectory.directory.commit.duration";
    private const string CommitItems = "nymdirectory.directory.commit.items";

    private readonly Dictionary<(string Instance, string Metric), (double Value, double Sum)> _changes;

    private MetricChanges(Dictionary<(string Instance, string Metric), (double Value, double Sum)> changes) => _changes = changes;

    /// <summary>How many checks each Relay made.</summary>
    public IReadOnlyList<double> ChecksOfRelays => [.. Of(Checks).Select(change => change.Value)];

    /// <summary>Seconds in which the Directory's writer was at work.</summary>
    public double CommitsBusy => Of(CommitDuration).Sum(change => change.Sum);

    /// <summary>Items that shared a commit, on average.</summary>
    public double ItemsPerCommit => Of(CommitItems).Sum(change => change.Sum) / Math.Max(1, Of(CommitItems).Sum(change => change.Value));

    /// <summary>Reads what had come when there were so many exports, and when there were so many.</summary>
    public static MetricChanges Between(IReadOnlyList<byte[]> exports, int before, int after)
    {
        var (first, last) = (Latest(exports.Take(before)), Latest(exports.Take(after)));
        return new MetricChanges(last.ToDictionary(
            point => point.Key,
            point => first.GetValueOrDefault(point.Key) is var old ? (point.Value.Value - old.Value, point.Value.Sum - old.Sum) : default));
    }

    private IEnumerable<(double Value, double Sum)> Of(string metric) =>
        _changes.Where(change => change.Key.Metric == metric).OrderBy(change => change.Key.Instance, StringComparer.Ordinal).Select(change => change.Value);

    // Labels do not matter here: a check is a check.
    private static Dictionary<(string Instance, string Metric), (double Value, double Sum)> Latest(IEnumerable<byte[]> exports)
    {
        var latest = new Dictionary<(string Instance, string Metric), (double Value, double Sum)>();
        foreach (var points in exports.SelectMany(export => ExportedPoint.Read(export)
            .Where(point => point.Metric is Checks or CommitDuration or CommitItems)
            .GroupBy(point => (point.Instance, point.Metric))))
        {
            latest[points.Key] = (points.Sum(point => point.Value), points.Sum(point => point.Sum));
        }

        return latest;
    }
}
