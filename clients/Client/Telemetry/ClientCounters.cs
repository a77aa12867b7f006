using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace NymDirectory.Client.Telemetry;

/// <summary>What one client counted. The same numbers go to the meter <see cref="MeterName"/>, of all clients of the process together.</summary>
public sealed class ClientCounters
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "NymDirectory.Client";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> DropCounter = Meter.CreateCounter<long>(
        "nymdirectory.client.drops", "{message}", "Messages not taken, by reason");

    private static readonly Counter<long> AttemptCounter = Meter.CreateCounter<long>(
        "nymdirectory.client.attempts", "{request}", "Requests to the node, by action and whether it was the first attempt");

    private static readonly Counter<long> SurbCounter = Meter.CreateCounter<long>(
        "nymdirectory.client.surbs", "{surb}", "SURBs attached to requests");

    private static readonly Counter<long> FallbackCounter = Meter.CreateCounter<long>(
        "nymdirectory.client.direct.fallbacks", "{contact}", "Contacts whose direct address stayed silent");

    private static readonly FrozenDictionary<DropReason, string> Labels = Enum.GetValues<DropReason>()
        .ToFrozenDictionary(reason => reason, reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));

    private static readonly Counter<long> AcknowledgementCounter = Meter.CreateCounter<long>(
        "nymdirectory.client.acknowledged", "{message}", "Messages acknowledged to the node, repetitions counted again");

    private readonly long[] _drops = new long[Labels.Count];
    private long _surbs;
    private long _resends;
    private long _fallbacks;
    private long _acknowledged;

    /// <summary>SURBs attached to requests so far.</summary>
    public long SurbsAttached => Interlocked.Read(ref _surbs);

    /// <summary>Requests that were sent again for want of an answer.</summary>
    public long Resends => Interlocked.Read(ref _resends);

    /// <summary>How often a contact's direct address was given up for silence.</summary>
    public long DirectFallbacks => Interlocked.Read(ref _fallbacks);

    /// <summary>Messages acknowledged to the node; one that was sent again after its acknowledgement got lost counts again.</summary>
    public long AcknowledgedMessages => Interlocked.Read(ref _acknowledged);

    /// <summary>How much was dropped for that reason.</summary>
    public long Drops(DropReason reason) => Interlocked.Read(ref _drops[(int)reason]);

    internal static string Label(DropReason reason) => Labels[reason];

    internal void Drop(DropReason reason)
    {
        Interlocked.Increment(ref _drops[(int)reason]);
        DropCounter.Add(1, new KeyValuePair<string, object?>("reason", Label(reason)));
    }

    internal void Attempt(string action, bool first, uint surbs)
    {
        Interlocked.Add(ref _surbs, surbs);
        SurbCounter.Add(surbs);
        Interlocked.Add(ref _resends, first ? 0 : 1);
        AttemptCounter.Add(1, new TagList { { "action", action }, { "first", first } });
    }

    internal void Acknowledged(int messages)
    {
        Interlocked.Add(ref _acknowledged, messages);
        AcknowledgementCounter.Add(messages);
    }

    internal void DirectFallback()
    {
        Interlocked.Increment(ref _fallbacks);
        FallbackCounter.Add(1);
    }
}
