using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.Measuring;

/// <summary>The timed part: everything is read at its beginning and at its end.</summary>
internal sealed class Window
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly DateTimeOffset _opened = TimeProvider.System.GetUtcNow();
    private readonly MachineSample _machine = MachineSample.Now();
    private readonly IReadOnlyList<(string Name, ProcessSample Sample)> _processes;
    private readonly int _answered;
    private readonly int _completed;
    private readonly ExportCount? _spans;
    private readonly ExportCount? _metrics;

    private Window(NodeUnderLoad node, TrafficCounts counts)
    {
        _processes = [.. node.Processes().Select(process => (process.Name, ProcessSample.Of(process.Id)))];
        (_answered, _completed) = (counts.Answered.Count, counts.Completed.Count);
        (_spans, _metrics) = (node.Collector?.Count("traces"), node.Collector?.Count("metrics"));
    }

    public static Window Open(NodeUnderLoad node, TrafficCounts counts) => new(node, counts);

    public WindowResult Close(NodeUnderLoad node, TrafficCounts counts)
    {
        var elapsed = TimeProvider.System.GetElapsedTime(_start);
        var costs = node.Processes()
            .Select((process, i) => ProcessCost.Between(process.Name, _processes[i].Sample, ProcessSample.Of(process.Id))).ToList();
        var machine = MachineSample.Now();
        var others = machine.Busy - _machine.Busy - costs.Aggregate(TimeSpan.Zero, (sum, cost) => sum + cost.Cpu);
        var (spans, metrics) = (node.Collector?.Count("traces"), node.Collector?.Count("metrics"));
        return new WindowResult(
            elapsed,
            counts.Completed.Count - _completed,
            counts.Answered.Between(_answered, counts.Answered.Count),
            counts.Completed.Between(_completed, counts.Completed.Count),
            costs,
            others / elapsed / Environment.ProcessorCount,
            machine.LoadAverage)
        {
            Opened = _opened,
            Spans = spans is null ? null : spans - _spans!,
            MetricExports = metrics is null ? null : ((int)_metrics!.Exports, (int)metrics.Exports),
        };
    }
}
