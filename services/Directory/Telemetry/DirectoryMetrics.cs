using System.Diagnostics.Metrics;
using NymDirectory.DirectoryService.Mailboxes;

namespace NymDirectory.DirectoryService.Telemetry;

/// <summary>What the service counts. Labels are outcomes and reasons only, never anything of a user.</summary>
internal sealed class DirectoryMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _challengesRefused;
    private readonly Counter<long> _signatureChecks;
    private readonly Counter<long> _commits;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _commitItems;
    private readonly Counter<long> _leases;
    private readonly Counter<long> _settles;
    private readonly Counter<long> _storageFailures;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _acknowledgements;
    private readonly Counter<long> _forgotten;

    public DirectoryMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(DirectoryTelemetry.Name);
        _requests = _meter.CreateCounter<long>(DirectoryTelemetry.Requests, "{item}", "Items of requests by their outcome.");
        _challengesRefused = _meter.CreateCounter<long>(
            DirectoryTelemetry.ChallengesRefused, "{challenge}", "Challenges not opened because too many are open.");
        _signatureChecks = _meter.CreateCounter<long>(
            DirectoryTelemetry.SignatureChecks, "{check}", "Signatures over nonces by the result of their check.");
        _commits = _meter.CreateCounter<long>(DirectoryTelemetry.Commits, "{commit}", "Durable commits.");
        _commitDuration = _meter.CreateHistogram<double>(DirectoryTelemetry.CommitDuration, "s", "How long commits took.");
        _commitItems = _meter.CreateHistogram<int>(DirectoryTelemetry.CommitItems, "{item}", "Items that shared a commit.");
        _leases = _meter.CreateCounter<long>(DirectoryTelemetry.Leases, "{message}", "Messages leased for delivery.");
        _settles = _meter.CreateCounter<long>(DirectoryTelemetry.Settles, "{message}", "Reports of fates, by fate.");
        _accepted = _meter.CreateCounter<long>(DirectoryTelemetry.Accepted, "{message}", "Messages accepted, each counted once.");
        _ended = _meter.CreateCounter<long>(DirectoryTelemetry.Ended, "{message}", "Messages no longer kept, by reason.");
        _acknowledgements = _meter.CreateCounter<long>(
            DirectoryTelemetry.Acknowledgements, "{message}", "Message ids that clients acknowledged, by whether there was such a message.");
        _forgotten = _meter.CreateCounter<long>(
            DirectoryTelemetry.Forgotten, "{row}", "Content hashes and counters of pairs that were too old to be kept.");
        _storageFailures = _meter.CreateCounter<long>(
            DirectoryTelemetry.StorageFailures, "{failure}", "Commits and operations that failed, by reason.");
    }

    public void MessagesAccepted(int count) => _accepted.Add(count);

    public void MessagesEnded(MessageEnd end, int count) =>
        _ended.Add(count, new KeyValuePair<string, object?>(DirectoryTelemetry.ReasonLabel, end.ToString()));

    public void Acknowledged(int ended, int unknown)
    {
        _acknowledgements.Add(ended, new KeyValuePair<string, object?>(DirectoryTelemetry.OutcomeLabel, "acknowledged"));
        _acknowledgements.Add(unknown, new KeyValuePair<string, object?>(DirectoryTelemetry.OutcomeLabel, "unknown"));
    }

    public void Forgotten(string what, int count) =>
        _forgotten.Add(count, new KeyValuePair<string, object?>(DirectoryTelemetry.KindLabel, what));

    public void Request(string rpc, string outcome) => _requests.Add(
        1, new(DirectoryTelemetry.RpcLabel, rpc), new(DirectoryTelemetry.OutcomeLabel, outcome));

    public void ChallengeRefused() => _challengesRefused.Add(1);

    public void SignatureChecked(bool valid) =>
        _signatureChecks.Add(1, new KeyValuePair<string, object?>(DirectoryTelemetry.OutcomeLabel, valid ? "valid" : "invalid"));

    public void Committed(TimeSpan duration, int items)
    {
        _commits.Add(1);
        _commitDuration.Record(duration.TotalSeconds);
        _commitItems.Record(items);
    }

    public void Leased(int messages) => _leases.Add(messages);

    public void Settled(MessageFate fate) =>
        _settles.Add(1, new KeyValuePair<string, object?>(DirectoryTelemetry.FateLabel, fate.ToString()));

    public void StorageFailed(string reason) =>
        _storageFailures.Add(1, new KeyValuePair<string, object?>(DirectoryTelemetry.ReasonLabel, reason));

    public void ObserveChallenges(Func<int> open) =>
        _meter.CreateObservableGauge(DirectoryTelemetry.OpenChallenges, open, "{challenge}", "Challenges that wait for an answer.");

    public void ObserveMailboxes(Func<long?> depth, Func<double> ageSeconds, Func<double> dueLagSeconds)
    {
        _meter.CreateObservableGauge(
            DirectoryTelemetry.MailboxDepth, () => depth() is { } count ? [new(count)] : Array.Empty<Measurement<long>>(), "{message}", "Messages that wait.");
        _meter.CreateObservableGauge(
            DirectoryTelemetry.MailboxAge, ageSeconds, "s", "Age of the oldest message that waits, in whole days: no finer time is kept.");
        _meter.CreateObservableGauge(
            DirectoryTelemetry.DueLag, dueLagSeconds, "s", "How long the longest due mailbox has waited for a Relay.");
    }
}
