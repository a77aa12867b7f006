namespace NymDirectory.Load.Packets.Paced;

/// <summary>What a paced node carried when there was always something waiting.</summary>
internal sealed record Capacity
{
    public required PacedNode Node { get; init; }

    public required int Users { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Messages whose sender had <c>success</c> and whose recipient had the message.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>What the packets of an envelope let expect.</summary>
    public required double ComputedPerSecond { get; init; }

    /// <summary>Packets that all nym-clients of the node sent.</summary>
    public required double PacketsPerSecond { get; init; }

    public required double PacketsOfAMessage { get; init; }

    /// <summary>Of them requests for reply blocks.</summary>
    public required int BlocksAskedFor { get; init; }

    public required int Refused { get; init; }

    public required int Missing { get; init; }

    public required int Repeated { get; init; }

    public bool IsSound => Refused == 0 && Missing == 0 && Repeated == 0;
}
