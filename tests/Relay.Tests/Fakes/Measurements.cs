using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NymDirectory.Relay.Tests.Fakes;

/// <summary>Adds up what one Relay counts.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    public Measurements(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests of this process have Relays of their own.
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var label = tags.Length == 0 ? "" : $" {tags[0].Value}";
            _sums.AddOrUpdate(instrument.Name["nymdirectory.relay.".Length..] + label, value, (_, sum) => sum + value);
        });
        _listener.Start();
    }

    /// <summary>The sum of an instrument, or of one of its labels: <c>deliveries queued</c>.</summary>
    public long this[string name] => _sums.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();
}
