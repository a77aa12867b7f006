using NymDirectory.Load.Soak.Faults;
using NymDirectory.Load.Soak.Node;
using NymDirectory.Load.Soak.Users;

namespace NymDirectory.Load.Soak;

/// <summary>Everything that is known when a soak is over, and what must hold of it.</summary>
internal sealed class SoakFindings(
    Ledger ledger,
    int forgedAccepted,
    DropCounts drops,
    ExportedMetrics metrics,
    NodeLog log,
    IReadOnlyDictionary<FaultKind, int> faults,
    IReadOnlyList<ServiceMemory> memory,
    MailboxCounts disk)
{
    private const string Prefix = "nymdirectory.";
    private const string Unmatched = "unmatched-answer";

    private static readonly string[] Ends = ["Acknowledged", "ExpiredUnsent", "ExpiredUnacknowledged"];

    // All counters of what was dropped.
    private static readonly string[] DropMetrics =
    [
        "gateway.messages.dropped", "gateway.nym_client.intake.drops", "gateway.nym_client.frame.drops", "directory.messages.ended", "directory.storage.failures",
    ];

    public IEnumerable<string> Summary()
    {
        yield return $"messages: {ledger.Sent} sent, {ledger.Accepted} answered success, {ledger.Refused} refused (forged), {ledger.Undecided} not decided; {ledger.Delivered} delivered";
        yield return $"faults: {string.Join(", ", faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Key} {fault.Value}"))}";
        yield return $"client library: {drops.Copies} copies dropped, {drops.Resends} requests sent again; all drops: {drops}";
        foreach (var metric in DropMetrics)
        {
            yield return $"{metric}: {Text(ByReason(metric))}";
        }
    }

    public IEnumerable<string> Wrong() => ledger.Wrong();

    public IEnumerable<SoakCheck> Checks()
    {
        var ended = ByReason("directory.messages.ended");
        var expired = ended.Where(end => end.Key.StartsWith("Expired", StringComparison.Ordinal)).Sum(end => end.Value);
        var frames = ByReason("gateway.nym_client.frame.drops");
        yield return new("every accepted message arrived", ledger.Missing == 0, $"{ledger.Missing} missing");
        yield return new("none arrived twice", ledger.Twice == 0, $"{ledger.Twice} twice");
        yield return new("nothing refused arrived", ledger.RefusedAndArrived == 0 && ledger.Unknown == 0, $"{ledger.RefusedAndArrived} refused, {ledger.Unknown} unknown");
        yield return new("no forged message was accepted", forgedAccepted == 0, $"{forgedAccepted} accepted, {ledger.Refused} refused");
        yield return new(
            "accepted = delivered + waiting + expired", disk.Accepted == ledger.Delivered + disk.Waiting + expired, $"{disk.Accepted} = {ledger.Delivered} + {disk.Waiting} + {expired}");
        yield return new("nothing waits", disk.Waiting == 0, $"{disk.Waiting} waiting");
        yield return Counters();
        yield return new("messages ended acknowledged or expired", ended.Keys.All(Ends.Contains), Text(ended));
        yield return new("nothing unmatched", !frames.ContainsKey(Unmatched), Text(frames));
        yield return new("every drop has a reason", HaveReasons(), "no counter without a reason, none \"other\"");
        yield return new("the library dropped nothing but repetitions", drops.AreHarmless, drops.ToString());
        yield return new("no service logged an error", log.Errors == 0, $"{log.Errors} errors {string.Join(" | ", log.FirstErrors.Take(5))}");
        yield return new("the database is sound", disk.Integrity == "ok", disk.Integrity);
        yield return Memory();
    }

    // Of a killed Directory the last half second is not in them; where none was killed they are exact.
    private SoakCheck Counters()
    {
        var (accepted, ended) = (metrics.Total(Prefix + "directory.messages.accepted"), metrics.Total(Prefix + "directory.messages.ended"));
        var killed = faults.ContainsKey(FaultKind.DirectoryKilled) || faults.ContainsKey(FaultKind.NodeKilled);
        var holds = killed
            ? accepted > 0 && accepted <= disk.Accepted && ended <= disk.Accepted - disk.Waiting
            : accepted == disk.Accepted && ended == disk.Accepted - disk.Waiting;
        return new($"the Directory's counters {(killed ? "do not exceed" : "are")} what is on its disk", holds, $"accepted {accepted}, ended {ended}");
    }

    private SoakCheck Memory()
    {
        var judged = memory.Any(service => service.Warm is not null);
        var seen = string.Join(", ", memory);
        return judged
            ? new("memory within 20 % of after warm-up", memory.All(service => service.Holds), seen)
            : new("memory within 20 % of after warm-up", null, $"{seen}; only in runs of five minutes or more");
    }

    private bool HaveReasons() => DropMetrics.SelectMany(metric => ByReason(metric).Keys).All(reason => reason is not ("" or "other"));

    private IReadOnlyDictionary<string, double> ByReason(string metric) => metrics.ByReason(Prefix + metric);

    private static string Text(IReadOnlyDictionary<string, double> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
}
