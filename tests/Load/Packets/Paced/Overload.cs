using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Packets.Paced;

/// <summary>What became of a paced node that was offered more than fits. Times are in milliseconds.</summary>
internal sealed record Overload
{
    public required int Characters { get; init; }

    public required double OfferedPerSecond { get; init; }

    /// <summary>What the packets of an envelope let expect.</summary>
    public required double ComputedPerSecond { get; init; }

    public required double Seconds { get; init; }

    public required int Offered { get; init; }

    /// <summary>Answered <c>success</c> while more was offered, a second.</summary>
    public required double AcceptedPerSecond { get; init; }

    public required double PacketsPerSecond { get; init; }

    /// <summary>From sending to <c>success</c>, of what was sent in each quarter of the time: how the intake slows.</summary>
    public required IReadOnlyList<LatencySummary> Answered { get; init; }

    /// <summary>From <c>success</c> to the recipient; 0 for what was there first.</summary>
    public required LatencySummary AcceptedToDelivered { get; init; }

    /// <summary>Look-ups of users who send nothing, in the meantime.</summary>
    public required int Queries { get; init; }

    public required int QueriesAnswered { get; init; }

    public required LatencySummary QueryAnswered { get; init; }

    public required int HealthChecks { get; init; }

    public required int HealthFailures { get; init; }

    public required LatencySummary HealthAnswered { get; init; }

    /// <summary>From the last message that was offered until nothing more came.</summary>
    public required double DrainSeconds { get; init; }

    public required int Accepted { get; init; }

    public required int Refused { get; init; }

    /// <summary>Never answered: the node took no notice, and its sender knows nothing.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Answered <c>success</c>, and never delivered.</summary>
    public required int Lost { get; init; }

    public required int Repeated { get; init; }

    public bool IsSound => Lost == 0 && Repeated == 0 && HealthFailures == 0 && QueriesAnswered == Queries;
}
