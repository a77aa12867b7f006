using System.Buffers.Binary;
using System.Globalization;
using NymDirectory.EndToEnd.Telemetry;

namespace NymDirectory.Compose.Harness;

/// <summary>What the receiver in the collector's place has taken.</summary>
internal sealed class ReceivedTelemetry(string receiver) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://{receiver}/"), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>All spans, or those of exports since a mark.</summary>
    public async Task<List<ExportedSpan>> SpansAsync(int since = 0) => [.. (await ExportsAsync("traces", since)).SelectMany(ExportedSpan.Read)];

    /// <summary>All exports of a signal, byte for byte.</summary>
    public async Task<List<byte[]>> ExportsAsync(string signal, int since = 0)
    {
        var all = await _client.GetByteArrayAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"v1/{signal}?since={since}"), UriKind.Relative));
        var exports = new List<byte[]>();
        for (var position = 0; position < all.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(all.AsSpan(position));
            exports.Add(all[(position + 4)..(position + 4 + length)]);
            position += 4 + length;
        }

        return exports;
    }

    /// <summary>The latest value of every point of a metric, by process and labels. Counters are cumulative.</summary>
    public async Task<List<ExportedPoint>> LatestAsync(string metric) => [.. (await ExportsAsync("metrics"))
        .SelectMany(ExportedPoint.Read)
        .Where(point => point.Metric == metric)
        .GroupBy(point => (point.Instance, string.Join(',', point.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))))
        .Select(points => points.Last())];

    public void Dispose() => _client.Dispose();
}
