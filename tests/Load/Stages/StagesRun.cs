using NymDirectory.EndToEnd.Telemetry;
using NymDirectory.Load.Measuring;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.Stages;

/// <summary>The measurement of <c>stages</c>: messages as in <c>send</c>, and what the services' own spans say of their way.</summary>
internal static class StagesRun
{
    private const string Traces = "traces";

    // The exporters' pace is five seconds: what has not come after six will not come.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<(LoadReport Report, IReadOnlyList<StageTimes> Stages)> MeasureAsync(LoadSettings load, CancellationToken cancellationToken)
    {
        await using var node = await NodeUnderLoad.StartAsync(load.Node with { KeepsTraces = true }, cancellationToken);
        node.Populate(load.Users);
        var report = Measurement.Run(node, LoadRun.Send(node, load), load.Pace, load.WarmUp, load.Duration);
        await AllCameAsync(node.Collector!, cancellationToken);
        var ways = MessageWay.Of(node.Collector!.Exports(Traces).SelectMany(ExportedSpan.Read));
        var (opened, closed) = (report.Window.Opened, report.Window.Opened + report.Window.Elapsed);
        return (report, StageTimes.Of([.. ways.Where(way => way.Began >= opened && way.Began < closed)]));
    }

    private static async Task AllCameAsync(TelemetryCollector collector, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        long? seen = null;
        while (collector.Count(Traces).Items is var now && now != seen && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            seen = now;
            await Task.Delay(Quiet, TimeProvider.System, cancellationToken);
        }
    }
}
