using NymDirectory.Load.Node;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load;

/// <summary>How much load, on what, and for how long.</summary>
internal sealed record LoadSettings
{
    public required NodeSettings Node { get; init; }

    public required int Users { get; init; }

    public required Pace Pace { get; init; }

    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Length of the messages' text.</summary>
    public required int Characters { get; init; }

    public required bool Json { get; init; }
}
