namespace NymDirectory.Load.Measuring;

/// <summary>Milliseconds, in the order in which they were seen; marks cut a window out of them.</summary>
internal sealed class Latencies
{
    private readonly List<double> _all = new(1 << 18);

    public int Count => _all.Count;

    public void Add(double milliseconds) => _all.Add(milliseconds);

    /// <summary>Those seen between two counts.</summary>
    public LatencySummary Between(int first, int last)
    {
        var window = _all[first..last];
        window.Sort();
        double At(double share) => window.Count == 0 ? 0 : window[Math.Min(window.Count - 1, (int)(window.Count * share))];
        return new LatencySummary(At(0.5), At(0.95), At(0.99), window.Count == 0 ? 0 : window[^1]);
    }
}
