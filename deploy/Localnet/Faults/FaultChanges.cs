using System.Text.Json.Serialization;

namespace NymDirectory.Localnet.Faults;

/// <summary>Settings to change; what is null stays as it is.</summary>
internal sealed record FaultChanges
{
    /// <summary>See <see cref="FaultSettings.Loss"/>.</summary>
    public double? Loss { get; init; }

    /// <summary>See <see cref="FaultSettings.Duplicate"/>.</summary>
    public double? Duplicate { get; init; }

    /// <summary>See <see cref="FaultSettings.Reorder"/>.</summary>
    public double? Reorder { get; init; }

    /// <summary>See <see cref="FaultSettings.Delay"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>See <see cref="FaultSettings.Jitter"/>.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>See <see cref="FaultSettings.PacketsPerSecond"/>.</summary>
    public double? PacketsPerSecond { get; init; }

    /// <summary>See <see cref="FaultSettings.FlushRow"/>.</summary>
    public TimeSpan? FlushRow { get; init; }

    /// <summary>Whether nothing is to change.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == new FaultChanges();

    /// <summary>These changes over earlier ones.</summary>
    public FaultChanges Over(FaultChanges earlier) => new()
    {
        Loss = Loss ?? earlier.Loss,
        Duplicate = Duplicate ?? earlier.Duplicate,
        Reorder = Reorder ?? earlier.Reorder,
        Delay = Delay ?? earlier.Delay,
        Jitter = Jitter ?? earlier.Jitter,
        PacketsPerSecond = PacketsPerSecond ?? earlier.PacketsPerSecond,
        FlushRow = FlushRow ?? earlier.FlushRow,
    };

    /// <summary>The settings with these changes.</summary>
    public FaultSettings ApplyTo(FaultSettings settings) => new()
    {
        Loss = Loss ?? settings.Loss,
        Duplicate = Duplicate ?? settings.Duplicate,
        Reorder = Reorder ?? settings.Reorder,
        Delay = Delay ?? settings.Delay,
        Jitter = Jitter ?? settings.Jitter,
        PacketsPerSecond = PacketsPerSecond ?? settings.PacketsPerSecond,
        FlushRow = FlushRow ?? settings.FlushRow,
    };
}
