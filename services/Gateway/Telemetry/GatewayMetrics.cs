using System.Diagnostics.Metrics;
using NymDirectory.Gateway.Protocol;

namespace NymDirectory.Gateway.Telemetry;

/// <summary>What the Gateway counts about requests and deliveries. Labels say what happened, never to whom.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _fates;
    private readonly Counter<long> _reportsLost;
    private readonly Counter<long> _delayedSends;
    private readonly Meter _meter;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(GatewayTelemetry.Name);
        _requests = meter.CreateCounter<long>(
            GatewayTelemetry.MetricPrefix + "requests", "{request}", "Client requests by action and outcome");
        _duration = meter.CreateHistogram<double>(
            GatewayTelemetry.MetricPrefix + "request.duration", "s", "From the websocket until the answer was queued, by action");
        _dropped = meter.CreateCounter<long>(
            GatewayTelemetry.MetricPrefix + "messages.dropped", "{message}", "Messages without an answer, by reason");
        _deliveries = meter.CreateCounter<long>(
            GatewayTelemetry.MetricPrefix + "deliveries", "{message}", "Messages that Relays handed over, by outcome");
        _fates = meter.CreateCounter<long>(
            GatewayTelemetry.MetricPrefix + "fates", "{message}", "What became of queued messages and answers, by kind and fate");
        _delayedSends = meter.CreateCounter<long>(
            GatewayTelemetry.MetricPrefix + "sends.delayed", "{message}", "Messages that were tried again before they were refused, by outcome");
        _reportsLost = meter.CreateCounter<long>(
            GatewayTelemetry.MetricPrefix + "fate_reports.lost", "{report}", "Fates that the Directory did not take in time");
    }

    public void SendDelayed(string outcome) => _delayedSends.Add(1, new KeyValuePair<string, object?>(GatewayTelemetry.Outcome, outcome));

    public void ObserveDelayedSends(Func<int> count) => _meter.CreateObservableGauge(
        GatewayTelemetry.MetricPrefix + "sends.waiting", count, "{message}", "Messages that are tried again before they are refused");

    public void ObserveWaitingSends(Func<int> count) => _meter.CreateObservableGauge(
        GatewayTelemetry.MetricPrefix + "sends.unaccepted", count, "{message}", "Messages that wait to be accepted until nym-client can answer more");

    public void RequestAnswered(ClientAction action, string outcome, TimeSpan duration)
    {
        var label = new KeyValuePair<string, object?>("action", action.Name());
        _requests.Add(1, label, new(GatewayTelemetry.Outcome, outcome));
        _duration.Record(duration.TotalSeconds, label);
    }

    public void MessageDropped(DropReason reason, int count = 1) => _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason.Name()));

    public void DeliveryHandedOver(string outcome) => _deliveries.Add(1, new KeyValuePair<string, object?>(GatewayTelemetry.Outcome, outcome));

    public void FateMet(string kind, string fate) =>
        _fates.Add(1, new KeyValuePair<string, object?>("kind", kind), new("fate", fate));

    public void ReportsLost(int count) => _reportsLost.Add(count);
}
