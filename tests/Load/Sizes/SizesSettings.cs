using NymDirectory.Load.Node;

namespace NymDirectory.Load.Sizes;

/// <summary>What is compared, and how it is measured.</summary>
internal sealed record SizesSettings
{
    public required NodeSettings Node { get; init; }

    /// <summary>Numbers of users, the smallest first: it is what the others are compared with.</summary>
    public required IReadOnlyList<int> Users { get; init; }

    /// <summary>Users of the node whose memory is measured.</summary>
    public required int MemoryUsers { get; init; }

    /// <summary>How many of them are there, if there are so many.</summary>
    public required int Active { get; init; }

    /// <summary>How many messages wait in the node that has a backlog.</summary>
    public required int Waiting { get; init; }

    public required int InFlight { get; init; }

    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How often each service is started.</summary>
    public required int Repeats { get; init; }
}
