using System.Globalization;
using NymDirectory.Localnet.Faults;

namespace NymDirectory.Load.Soak.Faults;

/// <summary>A fault of the plan.</summary>
/// <param name="At">When it begins, at the earliest.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Which">The Relay or the user; 0 where there is only one.</param>
/// <param name="Lasting">How long, not counted what a start takes.</param>
/// <param name="Mixnet">Of <see cref="FaultKind.Mixnet"/>: how bad it is.</param>
internal sealed record PlannedFault(TimeSpan At, FaultKind Kind, int Which, TimeSpan Lasting, FaultChanges? Mixnet)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var how = Mixnet is { } mixnet
            ? $", loss {mixnet.Loss}, duplicate {mixnet.Duplicate}, reorder {mixnet.Reorder}, delay {mixnet.Delay?.TotalMilliseconds} ms, jitter {mixnet.Jitter?.TotalMilliseconds} ms"
            : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{Kind} {Which + 1} for {Lasting.TotalSeconds:0.0} s{how} (planned for {At:hh\\:mm\\:ss})");
    }
}
