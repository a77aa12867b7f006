using NymDirectory.Load.Node;

namespace NymDirectory.Load.Measuring;

/// <summary>What was seen in the timed part.</summary>
/// <param name="Elapsed">How long it was.</param>
/// <param name="Completed">Operations that were completed in it.</param>
/// <param name="Answered">From the beginning of an operation to its final answer.</param>
/// <param name="Latency">From the beginning of an operation until it was complete.</param>
/// <param name="Costs">What each program used: services, stand-ins, the generator.</param>
/// <param name="Others">The share of the machine that was busy with anything else.</param>
/// <param name="LoadAverage">The machine's load average of the last minute, at the end.</param>
internal sealed record WindowResult(
    TimeSpan Elapsed,
    int Completed,
    LatencySummary Answered,
    LatencySummary Latency,
    IReadOnlyList<ProcessCost> Costs,
    double Others,
    double LoadAverage)
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>What was exported of traces in it, later than it was seen by a few seconds; null without telemetry.</summary>
    public ExportCount? Spans { get; init; }

    /// <summary>How many exports of metrics had come at its beginning and at its end; null without telemetry.</summary>
    public (int Before, int After)? MetricExports { get; init; }

    public double PerSecond => Completed / Elapsed.TotalSeconds;
}
