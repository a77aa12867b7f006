namespace NymDirectory.Load.Workloads;

/// <summary>How fast operations begin.</summary>
/// <param name="InFlight">Never more than so many at once.</param>
/// <param name="PerSecond">So many a second; null: whenever another one has ended.</param>
internal sealed record Pace(int InFlight, double? PerSecond = null)
{
    /// <summary>
    /// Beyond so many at once even a steady rate waits, should the node answer nothing at all. What the node drops has no answer and
    /// counts until <see cref="Traffic.Drain"/>, so it has to be far more than is lost until then, or the rate would fall to what the
    /// node takes.
    /// </summary>
    public const int Unlimited = 100_000;
}
