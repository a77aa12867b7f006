namespace NymDirectory.Gateway.NymClient;

/// <summary>Pauses between tries: doubling up to a cap, and of each the upper half at random, so that several of us do not come back together.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private int _doublings;

    public TimeSpan Next()
    {
        var doubled = first * Math.Pow(2, _doublings);
        var ceiling = doubled < longest ? doubled : longest;
        _doublings += doubled < longest ? 1 : 0;
        return ceiling * (0.5 + (0.5 * random()));
    }

    /// <summary>It held for long enough: the next pause is a short one again.</summary>
    public void Reset() => _doublings = 0;
}
