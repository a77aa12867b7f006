using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NymDirectory.Gateway.Tests.NymClient;

/// <summary>Meters of one test, and what was counted on them.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly ConcurrentBag<Meter> _meters = [];
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public TestMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counts.AddOrUpdate(Name(instrument.Name, tags), value, (_, sum) => sum + value));
        _listener.Start();
    }

    /// <summary>What was counted under the end of a name, with its label's value: <c>intake.drops intake-full</c>.</summary>
    public long this[string name] => _counts.Where(count => count.Key.EndsWith(name, StringComparison.Ordinal)).Sum(count => count.Value);

    /// <summary>What the observable ones with that end of a name and label's value say now; 0 when they say nothing.</summary>
    public long Gauge(string name)
    {
        _counts.Keys.Where(key => key.EndsWith(name, StringComparison.Ordinal)).ToList().ForEach(key => _counts.TryRemove(key, out _));
        _listener.RecordObservableInstruments();
        return this[name];
    }

    /// <summary>All names and label values.</summary>
    public string Text => string.Join('\n', _counts.Keys);

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name, options.Version, options.Tags, scope: this);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }

    private static string Name(string instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            instrument += $" {tag.Value}";
        }

        return instrument;
    }
}
