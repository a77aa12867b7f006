using System.Globalization;

namespace NymDirectory.Load.Soak.Node;

/// <summary>Resident memory of a service, in megabytes.</summary>
/// <param name="Service">Which one.</param>
/// <param name="Warm">After the warm-up; null when it was not taken of this process.</param>
/// <param name="End">At the end of the traffic.</param>
internal sealed record ServiceMemory(string Service, double? Warm, double End)
{
    private const double Most = 1.2;

    public bool Holds => Warm is null || End <= Most * Warm;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Service} {(Warm is { } warm ? string.Create(CultureInfo.InvariantCulture, $"{warm:0.0} → ") : "")}{End:0.0} MB");
}
