using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Microbenchmarks;

/// <summary>
/// What a trace costs in spans alone, without exporting: the span of a client's request, and one item's span in the two services behind it,
/// sampled as OpenTelemetry's parent-based sampler does.
/// </summary>
[MemoryDiagnoser]
public class TraceBenchmarks : IDisposable
{
    private readonly ActivitySource _source = new("bench");
    private ActivityListener? _listener;

    /// <summary>Which traces are kept.</summary>
    public enum Keeps
    {
        /// <summary>Telemetry is off.</summary>
        NoListener,

        /// <summary>It is on, and this trace is not one of those.</summary>
        None,

        /// <summary>It is one of those.</summary>
        All,
    }

    /// <summary>Whether this trace is kept.</summary>
    [ParamsAllValues]
    public Keeps Kept { get; set; }

    /// <summary>Listens from now on, like a sampler that keeps all or nothing, or not at all.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source == _source && Kept != Keeps.NoListener,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => Kept == Keeps.All ? ActivitySamplingResult.AllDataAndRecorded
                : options.Parent == default || options.Parent.IsRemote ? ActivitySamplingResult.PropagationData
                : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Listens no more.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listener?.Dispose();
            _source.Dispose();
        }
    }

    [Benchmark]
    public int RequestAndTwoItems()
    {
        using var request = ItemTrace.StartRoot(_source, "request", ActivityKind.Server);
        using var first = ItemTrace.Start(_source, "item", ActivityKind.Server, ItemTrace.Traceparent(request));
        using var second = ItemTrace.Start(_source, "item", ActivityKind.Server, ItemTrace.Traceparent(first));
        return ItemTrace.Traceparent(second).Length;
    }
}
