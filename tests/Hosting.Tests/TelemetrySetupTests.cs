using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.TestKit;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace NymDirectory.Hosting.Tests;

public sealed class TelemetrySetupTests
{
    private const int Labels = 1_000;

    private static readonly ServiceDescription Service = new("NymDirectory.Telemetry.Tests", "http://127.0.0.1:0", "http://127.0.0.1:0");

    [Fact]
    public async Task Metrics_ManyValuesOfALabel_AreCountedTogetherBeyondTheRoomForThem()
    {
        var kept = new Dictionary<string, long>();
        await using var app = Build(kept);
        await app.StartAsync().Within();
        using var meter = new Meter(Service.Name);
        var counter = meter.CreateCounter<long>("counted");
        for (var label = 0; label < Labels; label++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("label", label));
        }

        _ = app.Services.GetRequiredService<MeterProvider>().ForceFlush();

        // None is lost, and the SDK has no room for a thousand of each metric.
        Assert.Equal(Labels, kept.Values.Sum());
        Assert.InRange(kept.Count, 100, 250);
        Assert.True(kept["otel.metric.overflow"] > 1);
    }

    private static WebApplication Build(Dictionary<string, long> kept)
    {
        // Nobody listens there: what is exported is looked at before.
        var builder = ServiceHost.CreateBuilder(Service, ["--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9"]);
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddReader(new BaseExportingMetricReader(new Series(kept))));
        return builder.Build();
    }

    /// <summary>The values of the one metric, by the value of its label.</summary>
    private sealed class Series(Dictionary<string, long> kept) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                if (metric.Name == "counted")
                {
                    Read(metric);
                }
            }

            return ExportResult.Success;
        }

        private void Read(Metric metric)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                foreach (var tag in point.Tags)
                {
                    kept[tag.Key == "label" ? $"{tag.Value}" : tag.Key] = point.GetSumLong();
                }
            }
        }
    }
}
