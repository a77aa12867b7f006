using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Conversations;

public sealed class CountersTests
{
    [Fact]
    public async Task Meter_CountsWhatTheClientCounts_AndLabelsHoldNoNames()
    {
        var labels = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ClientCounters.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                labels.Add($"{instrument.Name} {tag.Key}={tag.Value}");
            }
        });
        listener.Start();
        await using var alice = await Party.RegisteredAsync(new MemoryMixnet(), People.Alice, new FakeTimeProvider());
        alice.Transport.Bring("not json");
        await Eventually.True(() => alice.Client.Counters.Drops(DropReason.Malformed) == 1);

        await Eventually.True(() => labels.Contains("nymdirectory.client.drops reason=malformed"));
        Assert.Contains("nymdirectory.client.attempts action=register", labels);
        Assert.DoesNotContain(labels, label => label.Contains("alice", StringComparison.Ordinal));
        Assert.True(alice.Client.Counters.SurbsAttached > Party.Options.SurbReserve);
    }
}
