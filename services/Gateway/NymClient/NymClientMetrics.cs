using System.Diagnostics.Metrics;
using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient;

/// <summary>What is counted about nym-client and the way to it. Labels are reasons and causes, never who or what.</summary>
internal sealed class NymClientMetrics
{
    /// <summary>The Gateway's meter.</summary>
    public const string MeterName = "NymDirectory.Gateway";

    private const string Prefix = "nymdirectory.gateway.nym_client.";

    private readonly Meter _meter;
    private readonly Counter<long> _intakeDrops;
    private readonly Counter<long> _frameDrops;
    private readonly Counter<long> _ends;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _logLines;
    private readonly Counter<long> _waits;
    private readonly Counter<long> _fates;
    private readonly Counter<long> _connections;
    private readonly UpDownCounter<long> _unanswered;
    private readonly Counter<long> _logSigns;
    private readonly Counter<long> _heartbeats;
    private readonly Histogram<double> _roundTrip;
    private readonly Counter<long> _flushes;
    private readonly Histogram<double> _flushTime;
    private readonly TimeProvider _time;
    private long _arrivedAt;

    public NymClientMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _intakeDrops = _meter.CreateCounter<long>(Prefix + "intake.drops", "{message}", "Received messages that were dropped, by reason.");
        _frameDrops = Count("frame.drops", "{frame}", "What nym-client sent and could not be used, by reason; unmatched answers among them.");
        _ends = Count("ends", "{process}", "Ends of nym-client, by cause; all but 'stopped' are followed by a restart.");
        _runs = Count("run.changes", "{run}", "Runs that began, by reason.");
        _logLines = Count("log.lines", "{line}", "Lines of nym-client's log, by level.");
        _waits = Count("waits", "{minute}", "Minutes in which nym-client was starting, or silent with replies outstanding.");
        _fates = Count("replies", "{reply}", "Replies, by what became of them.");
        _connections = Count("connections", "{connection}", "Connections to nym-client, by what came of the try.");
        _logSigns = Count("log.signs", "{line}", "Lines of nym-client's log whose meaning is known, by what they mean.");
        _heartbeats = Count("heartbeats", "{message}", "Messages to ourselves through the mixnet, by what became of them.");
        _roundTrip = _meter.CreateHistogram<double>(Prefix + "heartbeat.round_trip", "s", "How long a message to ourselves took through the mixnet.");
        _meter.CreateObservableGauge(Prefix + "heartbeat.age", AgeOfHeartbeat, "s", "How long ago the last message to ourselves arrived.");
        _flushes = Count("flushes", "{flush}", "Stops of nym-client that we asked for, by what became of its reply blocks.");
        _flushTime = _meter.CreateHistogram<double>(Prefix + "flush.duration", "s", "From asking nym-client to leave until it had saved its reply blocks.");
        _unanswered = _meter.CreateUpDownCounter<long>(Prefix + "unanswered", "{reply}", "Replies that nym-client has not answered yet.");
    }

    public void IntakeDropped(string reason) => _intakeDrops.Add(1, Label("reason", reason));

    public void FrameDropped(NymDropReason reason) => _frameDrops.Add(1, Label("reason", reason.ToLabel()));

    public void Ended(ProcessEnd cause) => _ends.Add(1, Label("cause", Words(cause)));

    public void RunChanged(RunChange why) => _runs.Add(1, Label("reason", Words(why)));

    public void LogLineRead(string level) => _logLines.Add(1, Label("level", level));

    public void LogSignRead(LogSign sign) => _logSigns.Add(1, Label("sign", Words(sign)));

    public void HeartbeatArrived(TimeSpan roundTrip, string outcome)
    {
        Interlocked.Exchange(ref _arrivedAt, _time.GetTimestamp());
        _heartbeats.Add(1, Label("outcome", outcome));
        _roundTrip.Record(roundTrip.TotalSeconds);
    }

    public void HeartbeatMissing() => _heartbeats.Add(1, Label("outcome", "missing"));

    public void Flushed(TimeSpan duration)
    {
        _flushes.Add(1, Label("outcome", "complete"));
        _flushTime.Record(duration.TotalSeconds);
    }

    public void NotFlushed(string outcome) => _flushes.Add(1, Label("outcome", outcome));

    public void ObserveFootprint(Func<IEnumerable<Measurement<long>>> memory, Func<IEnumerable<Measurement<long>>> store)
    {
        _meter.CreateObservableGauge(Prefix + "memory", memory, "By", "Resident memory of the nym-client that the Gateway runs.");
        _meter.CreateObservableGauge(Prefix + "store.size", store, "By", "Files of nym-client's reply blocks, as its last flush left them, by kind.");
    }

    public void Waited(string kind) => _waits.Add(1, Label("kind", kind));

    public void Connected(string outcome) => _connections.Add(1, Label("outcome", outcome));

    public void ReplyHandedOver() => _unanswered.Add(1);

    public void ReplyAnswered(ReplyFate fate)
    {
        _unanswered.Add(-1);
        _fates.Add(1, Label("fate", Words(fate)));
    }

    public void ObserveIntake(Func<int> depth) =>
        _meter.CreateObservableGauge(Prefix + "intake.depth", depth, "{message}", "Received messages that wait to be handled.");

    public void ObserveWithheld(Func<int> count) =>
        _meter.CreateObservableGauge(
            Prefix + "withheld", count, "{reply}", "Messages that nym-client has and perhaps cannot send: not reported as taken yet.");

    public void ObserveOutbox(string lane, Func<int> depth) =>
        _meter.CreateObservableGauge(
            Prefix + "outbox.depth",
            () => new Measurement<int>(depth(), Label("lane", lane)),
            "{reply}",
            "Replies that wait for nym-client, by lane.");

    private IEnumerable<Measurement<double>> AgeOfHeartbeat() =>
        Interlocked.Read(ref _arrivedAt) is not 0 and var at ? [new Measurement<double>(_time.GetElapsedTime(at).TotalSeconds)] : [];

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private static string Words<T>(T value)
        where T : struct, Enum => MetricWords<T>.Of[value];

    private Counter<long> Count(string name, string unit, string description) => _meter.CreateCounter<long>(Prefix + name, unit, description);
}
