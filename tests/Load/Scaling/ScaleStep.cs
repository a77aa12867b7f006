using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Scaling;

/// <summary>What was seen with a number of Relays.</summary>
/// <param name="Relays">How many.</param>
/// <param name="Report">The measurement.</param>
/// <param name="Checks">Signature checks of each Relay in the timed part, as their own metrics count them.</param>
/// <param name="CommitsBusy">The share of the time in which the Directory's one writer was at work, waiting for the disk included.</param>
internal sealed record ScaleStep(int Relays, LoadReport Report, IReadOnlyList<double> Checks, double CommitsBusy)
{
    /// <summary>Each Relay's part of all checks.</summary>
    public IEnumerable<double> Shares => Checks.Select(count => count / Checks.Sum());
}
