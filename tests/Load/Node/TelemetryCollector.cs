using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Json;
using NymDirectory.Local.Processes;

namespace NymDirectory.Load.Node;

/// <summary>
/// Stands where a collector stands, in a process of its own (tests/Compose/Receiver), so that what it costs is told apart. It only
/// counts what comes, or keeps all of it.
/// </summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    /// <summary>What it is called among the programs at work.</summary>
    public const string Name = "collector";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly NodeProcess _process;
    private readonly HttpClient _client;

    private TelemetryCollector(NodeProcess process, string url, double traces)
    {
        _process = process;
        _client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(url) };
        // The exporter's own pace otherwise, as operators have it.
        Variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
            ["OTEL_TRACES_SAMPLER_ARG"] = traces.ToString(CultureInfo.InvariantCulture),
        };
    }

    public int ProcessId => _process.Id;

    /// <summary>What makes the services export to here.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    public static async Task<TelemetryCollector> StartAsync(string programs, double traces, bool keeps, CancellationToken cancellationToken)
    {
        var url = $"http://127.0.0.1:{LoopbackPort.Free()}";
        var variables = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = url,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Keep"] = keeps ? "true" : "false",
        };
        var process = NodeProcess.Start(
            Name,
            Path.Combine(programs, "Gateway", "NymDirectory.Gateway"),
            [Path.Combine(programs, "Receiver", "NymDirectory.Compose.Receiver")],
            variables,
            (_, _) => { });
        var collector = new TelemetryCollector(process, url, traces);
        await collector.AnswersAsync(cancellationToken);
        return collector;
    }

    /// <summary>What came of a signal (<c>traces</c>, <c>metrics</c>, <c>logs</c>) so far.</summary>
    public ExportCount Count(string signal) => CountAsync(signal, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>All exports of a signal that came, in their order; only where they are kept.</summary>
    public IReadOnlyList<byte[]> Exports(string signal)
    {
        var all = _client.GetByteArrayAsync(new Uri($"/v1/{signal}?since=0", UriKind.Relative)).GetAwaiter().GetResult();
        var exports = new List<byte[]>();
        for (var start = 0; start < all.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(all.AsSpan(start));
            exports.Add(all[(start + sizeof(int))..(start + sizeof(int) + length)]);
            start += sizeof(int) + length;
        }

        return exports;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await CountAsync("traces", cancellationToken);
                return;
            }
            catch (HttpRequestException) when (!_process.HasEnded && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(Glance, TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task<ExportCount> CountAsync(string signal, CancellationToken cancellationToken) =>
        (await _client.GetFromJsonAsync<ExportCount>(new Uri($"/count/{signal}", UriKind.Relative), cancellationToken))!;
}
