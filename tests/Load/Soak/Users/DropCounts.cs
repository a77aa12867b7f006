using NymDirectory.Client.Telemetry;

namespace NymDirectory.Load.Soak.Users;

/// <summary>What the client library of all users dropped, by reason.</summary>
internal sealed class DropCounts
{
    // What repetitions and outages cause. Anything else would be something wrong that the node made or let through.
    private static readonly DropReason[] Harmless = [DropReason.Duplicate, DropReason.UnexpectedAnswer];

    private readonly Dictionary<DropReason, long> _counts = [];

    public long Resends { get; private set; }

    public long Copies => _counts.GetValueOrDefault(DropReason.Duplicate);

    public bool AreHarmless => _counts.All(count => count.Value == 0 || Harmless.Contains(count.Key));

    public void Add(ClientCounters counters)
    {
        lock (_counts)
        {
            Resends += counters.Resends;
            foreach (var reason in Enum.GetValues<DropReason>())
            {
                _counts[reason] = _counts.GetValueOrDefault(reason) + counters.Drops(reason);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _counts.Where(count => count.Value > 0).Select(count => $"{count.Key} {count.Value}")) is { Length: > 0 } text
        ? text
        : "none";
}
