namespace NymDirectory.Mixnet.Connections;

/// <summary>How long to wait before each new try: doubling up to a cap, of each pause the upper half at random.</summary>
internal sealed class ReconnectPauses(TimeSpan first, TimeSpan longest, Func<double> jitter)
{
    private TimeSpan? _next;

    public TimeSpan Next()
    {
        var ceiling = _next ?? (first < longest ? first : longest);
        _next = ceiling < longest / 2 ? 2 * ceiling : longest;
        return ceiling * (0.5 + (0.5 * Math.Clamp(jitter(), 0, 1)));
    }

    public void Reset() => _next = null;
}
