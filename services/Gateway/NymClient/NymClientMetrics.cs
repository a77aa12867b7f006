using System.Diagnostics.Metrics;

namespace NymDirectory.Gateway.NymClient;

/// <summary>What is counted about nym-client and the way to it. Labels are reasons and causes, never who or what.</summary>
internal sealed class NymClientMetrics
{
    /// <summary>The Gateway's meter.</summary>
    public const string MeterName = "NymDirectory.Gateway";

    private const string Prefix = "nymdirectory.gateway.nym_client.";

    private readonly Meter _meter;
    private readonly Counter<long> _intakeDrops;

    public NymClientMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _intakeDrops = _meter.CreateCounter<long>(Prefix + "intake.drops", "{message}", "Received messages that were dropped, by reason.");
    }

    public void IntakeDropped(string reason) => _intakeDrops.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void ObserveIntake(Func<int> depth) =>
        _meter.CreateObservableGauge(Prefix + "intake.depth", depth, "{message}", "Received messages that wait to be handled.");

    public void ObserveOutbox(string lane, Func<int> depth) =>
        _meter.CreateObservableGauge(
            Prefix + "outbox.depth",
            () => new Measurement<int>(depth(), new KeyValuePair<string, object?>("lane", lane)),
            "{reply}",
            "Replies that wait for nym-client, by lane.");
}
