using System.Diagnostics.Metrics;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Relay.Delivery;
using NymDirectory.Relay.Keys;

namespace NymDirectory.Relay.Telemetry;

/// <summary>The Relay's instruments. Labels are outcomes out of fixed sets, never anything a client wrote.</summary>
internal sealed class RelayMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _signatureChecks;
    private readonly Counter<long> _keyCacheLookups;
    private readonly Counter<long> _deliveries;
    private readonly UpDownCounter<long> _deliveriesInFlight;
    private readonly Counter<long> _leaseFailures;

    /// <summary>Makes the instruments on the service's one meter.</summary>
    public RelayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RelayTelemetry.Name);
        _requests = meter.CreateCounter<long>(RelayTelemetry.Requests, "{request}", "Messages by outcome.");
        _signatureChecks = meter.CreateCounter<long>(RelayTelemetry.SignatureChecks, "{check}", "Signature checks by result.");
        _keyCacheLookups = meter.CreateCounter<long>(RelayTelemetry.KeyCacheLookups, "{lookup}", "Key cache look-ups by result.");
        _deliveries = meter.CreateCounter<long>(RelayTelemetry.Deliveries, "{delivery}", "Deliveries by outcome.");
        _deliveriesInFlight = meter.CreateUpDownCounter<long>(
            RelayTelemetry.DeliveriesInFlight, "{delivery}", "Deliveries waiting for a gateway or on their way to it.");
        _leaseFailures = meter.CreateCounter<long>(
            RelayTelemetry.LeaseFailures, "{call}", "Failed askings for due deliveries, by gRPC status.");
    }

    /// <summary>A message was decided.</summary>
    public void Forwarded(ForwardOutcome.OutcomeOneofCase outcome) => _requests.Add(1, Label(RelayTelemetry.Outcome, OutcomeLabels.Of(outcome)));

    /// <summary>Messages of a list that could not be decided: the Directory was not to be had, or the caller stopped waiting.</summary>
    public void Undecided(int count) => _requests.Add(count, Label(RelayTelemetry.Outcome, "undecided"));

    /// <summary>A signature was checked.</summary>
    public void SignatureChecked(bool valid) => _signatureChecks.Add(1, Label(RelayTelemetry.Result, valid ? "valid" : "invalid"));

    /// <summary>The key cache was asked.</summary>
    public void KeyCacheAsked(KeyCacheResult result) => _keyCacheLookups.Add(1, Label(RelayTelemetry.Result, OutcomeLabels.Of(result)));

    /// <summary>Deliveries came to an end here.</summary>
    public void Delivered(DeliveryOutcome outcome, int count = 1) =>
        _deliveries.Add(count, Label(RelayTelemetry.Outcome, OutcomeLabels.Of(outcome)));

    /// <summary>Deliveries were taken up, or let go when negative.</summary>
    public void InFlight(int change) => _deliveriesInFlight.Add(change);

    /// <summary>The Directory could not be asked for due deliveries.</summary>
    public void LeaseFailed(StatusCode status) => _leaseFailures.Add(1, Label(RelayTelemetry.Status, status.ToString()));

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
