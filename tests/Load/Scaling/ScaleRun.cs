using NymDirectory.Load.Measuring;
using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Scaling;

/// <summary>The measurements of <c>scale</c>, each on a node of its own. The services export their metrics, and no traces: they know who checked what.</summary>
internal static class ScaleRun
{
    private const string Interval = "OTEL_METRIC_EXPORT_INTERVAL";

    private static readonly Pace Saturating = new(InFlight: 128);

    // Two full lists: one that is worked on, and one that waits. With four Relays that is as much as a Gateway has places for.
    private const int InFlightForEach = 64;

    /// <summary>One Relay as it is, as much as goes: what a message costs the other two then.</summary>
    public static async Task<(LoadReport Report, ServiceLimits Limits)> SaturateAsync(ScaleSettings settings, CancellationToken cancellationToken)
    {
        var load = Load(settings, relays: 1, checkTime: null) with { Pace = Saturating };
        var (report, metrics) = await RunAsync(load, cancellationToken);
        return (report, ServiceLimits.From(report, metrics));
    }

    /// <summary>So many Relays with the expensive check.</summary>
    public static async Task<ScaleStep> MeasureAsync(ScaleSettings settings, int relays, CancellationToken cancellationToken)
    {
        var (report, metrics) = await RunAsync(Load(settings, relays, settings.CheckTime) with { Pace = new Pace(relays * InFlightForEach) }, cancellationToken);
        return new ScaleStep(relays, report, metrics.ChecksOfRelays, metrics.CommitsBusy / report.Window.Elapsed.TotalSeconds);
    }

    private static async Task<(LoadReport Report, MetricChanges Metrics)> RunAsync(LoadSettings load, CancellationToken cancellationToken)
    {
        await using var node = await NodeUnderLoad.StartAsync(load.Node, cancellationToken);
        node.Populate(load.Users);
        var report = Measurement.Run(node, new SendWorkload(node.Crowd, node.Hub, load.Characters), load.Pace, load.WarmUp, load.Duration);
        var (before, after) = report.Window.MetricExports!.Value;
        return (report, MetricChanges.Between(node.Collector!.Exports("metrics"), before, after));
    }

    private static LoadSettings Load(ScaleSettings settings, int relays, TimeSpan? checkTime) => settings.Load with
    {
        Node = settings.Load.Node with
        {
            Relays = relays,
            Traces = 0,
            CheckTime = checkTime,
            Variables = new Dictionary<string, string>(settings.Load.Node.Variables) { [Interval] = "500" },
        },
    };
}
