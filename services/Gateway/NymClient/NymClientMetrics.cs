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

    public NymClientMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _intakeDrops = _meter.CreateCounter<long>(Prefix + "intake.drops", "{message}", "Received messages that were dropped, by reason.");
        _frameDrops = Count("frame.drops", "{frame}", "What nym-client sent and could not be used, by reason; unmatched answers among them.");
        _ends = Count("ends", "{process}", "Ends of nym-client, by cause; all but 'stopped' are followed by a restart.");
        _runs = Count("run.changes", "{run}", "Runs that began, by reason.");
        _logLines = Count("log.lines", "{line}", "Lines of nym-client's log, by level.");
        _waits = Count("waits", "{minute}", "Minutes in which nym-client was starting, or silent with replies outstanding.");
        _fates = Count("replies", "{reply}", "Replies, by what became of them.");
        _connections = Count("connections", "{connection}", "Connections to nym-client, by what came of the try.");
        _unanswered = _meter.CreateUpDownCounter<long>(Prefix + "unanswered", "{reply}", "Replies that nym-client has not answered yet.");
    }

    public void IntakeDropped(string reason) => _intakeDrops.Add(1, Label("reason", reason));

    public void FrameDropped(NymDropReason reason) => _frameDrops.Add(1, Label("reason", reason.ToLabel()));

    public void Ended(ProcessEnd cause) => _ends.Add(1, Label("cause", Words(cause)));

    public void RunChanged(RunChange why) => _runs.Add(1, Label("reason", Words(why)));

    public void LogLineRead(string level) => _logLines.Add(1, Label("level", level));

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

    public void ObserveOutbox(string lane, Func<int> depth) =>
        _meter.CreateObservableGauge(
            Prefix + "outbox.depth",
            () => new Measurement<int>(depth(), Label("lane", lane)),
            "{reply}",
            "Replies that wait for nym-client, by lane.");

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);

    private static string Words<T>(T value)
        where T : struct, Enum => MetricWords<T>.Of[value];

    private Counter<long> Count(string name, string unit, string description) => _meter.CreateCounter<long>(Prefix + name, unit, description);
}
