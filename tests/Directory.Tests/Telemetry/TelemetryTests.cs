using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Telemetry;

namespace NymDirectory.DirectoryService.Tests.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Accept_TracedItem_HasItsOwnSpanAndTheCommits()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DirectoryTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("canary-ada");
        var trace = ActivityTraceId.CreateRandom();
        var item = DirectoryUnderTest.NewMessage(ada, ada, "canary-content");
        item.Context.Traceparent = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";

        await directory.AcceptAsync(item);

        var ours = spans.Where(span => span.TraceId == trace).ToList();
        var accept = Assert.Single(ours, span => span.OperationName == "accept");
        Assert.Equal("Leased", accept.GetTagItem(DirectoryTelemetry.OutcomeLabel));
        Assert.Equal(accept.SpanId, Assert.Single(ours, span => span.OperationName == DirectoryTelemetry.CommitSpan).ParentSpanId);
        Assert.DoesNotContain(ours.SelectMany(span => span.TagObjects), tag => $"{tag.Value}".Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Meter_OfAConversation_CountsByOutcomeAndReadsTheGauges()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var factory = directory.Service.Services.GetRequiredService<IMeterFactory>();
        var seen = new ConcurrentQueue<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                // Other tests of this process have meters of the same name.
                if (instrument.Meter.Scope == factory && instrument.Meter.Name == DirectoryTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Join(tags))));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Join(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, Join(tags))));
        listener.Start();
        var ada = await directory.RegisterAsync("canary");
        var delivery = (await directory.SendAsync(ada, ada, "1")).Leased;
        await directory.SendAsync(ada, ada, "2");
        directory.Time.Advance(TimeSpan.FromDays(3));
        listener.RecordObservableInstruments();
        await directory.SettleAsync(Fate.Taken, delivery);

        Assert.Contains((DirectoryTelemetry.Requests, 1, "outcome=Registered,rpc=complete_registration"), seen);
        Assert.Contains((DirectoryTelemetry.Requests, 1, "outcome=Leased,rpc=accept"), seen);
        Assert.Contains((DirectoryTelemetry.SignatureChecks, 1, "outcome=valid"), seen);
        Assert.Contains((DirectoryTelemetry.MailboxDepth, 2, ""), seen);
        Assert.Contains(seen, one => one.Name == DirectoryTelemetry.MailboxAge && one.Value is >= 2 * 86_400 and <= 4 * 86_400);
        Assert.Contains(seen, one => one.Name == DirectoryTelemetry.DueLag && one.Value > 2 * 86_400);
        Assert.Contains((DirectoryTelemetry.OpenChallenges, 0, ""), seen);
        Assert.Contains((DirectoryTelemetry.Settles, 1, "fate=Taken"), seen);
        Assert.Contains(seen, one => one.Name == DirectoryTelemetry.CommitDuration && one.Value > 0);
        Assert.DoesNotContain(seen, one => one.Tags.Contains("canary", StringComparison.Ordinal));
    }

    private static string Join(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(',', tags.ToArray().OrderBy(tag => tag.Key).Select(tag => $"{tag.Key}={tag.Value}"));
}
