using System.Net;
using NymDirectory.EndToEnd.Telemetry;
using NymDirectory.Load.Node;

namespace NymDirectory.Load.Soak.Node;

/// <summary>Takes the metrics that the services export, and keeps of each number the latest of each process: a killed one takes its last half second along.</summary>
internal sealed class ExportedMetrics : IAsyncDisposable
{
    private const string Depth = "nymdirectory.directory.mailbox.depth";

    private readonly HttpListener _listener = new();
    private readonly Dictionary<(string Instance, string Metric, string Reason), double> _latest = [];
    private readonly Lock _lock = new();
    private readonly Task _running;
    private double? _depth;

    private ExportedMetrics(string url)
    {
        _listener.Prefixes.Add(url);
        _listener.Start();
        Variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_TRACES_SAMPLER"] = "always_off",
        };
        _running = RunAsync();
    }

    /// <summary>What makes services export to here.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Messages that the Directory keeps, as it last said.</summary>
    public double? MailboxDepth
    {
        get
        {
            lock (_lock)
            {
                return _depth;
            }
        }
    }

    public static ExportedMetrics Listen() => new ExportedMetrics($"http://127.0.0.1:{LoopbackPort.Free()}/");

    /// <summary>A counter over all processes, by its label <c>reason</c> (empty where it has none).</summary>
    public IReadOnlyDictionary<string, double> ByReason(string metric)
    {
        lock (_lock)
        {
            return _latest.Where(point => point.Key.Metric == metric && point.Value > 0)
                .GroupBy(point => point.Key.Reason, point => point.Value)
                .ToDictionary(group => group.Key, group => group.Sum());
        }
    }

    public double Total(string metric) => ByReason(metric).Values.Sum();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _running;
        _listener.Close();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await TakeAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.InputStream.CopyToAsync(body);
            if (context.Request.Url!.AbsolutePath == "/v1/metrics")
            {
                Take(body.ToArray());
            }

            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException)
        {
            // Its sender was killed in the middle of it.
        }
    }

    private void Take(byte[] export)
    {
        lock (_lock)
        {
            foreach (var point in ExportedPoint.Read(export).Where(point => point.Metric.StartsWith("nymdirectory.", StringComparison.Ordinal)))
            {
                _latest[(point.Instance, point.Metric, point.Labels.GetValueOrDefault("reason", string.Empty))] = point.Value;
                _depth = point.Metric == Depth ? point.Value : _depth;
            }
        }
    }
}
