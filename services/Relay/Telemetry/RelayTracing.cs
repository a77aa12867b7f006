using System.Diagnostics;

namespace NymDirectory.Relay.Telemetry;

/// <summary>The Relay's one activity source.</summary>
internal sealed class RelayTracing : IDisposable
{
    /// <summary>Where its spans start.</summary>
    public ActivitySource Source { get; } = new(RelayTelemetry.Name);

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();
}
