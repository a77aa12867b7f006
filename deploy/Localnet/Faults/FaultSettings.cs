namespace NymDirectory.Localnet.Faults;

/// <summary>What goes wrong on a client's way through the mixnet. Chances lie between 0 and 1.</summary>
internal sealed record FaultSettings
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultSettings None { get; } = new();

    /// <summary>Chance that a packet is lost. A message is lost with any of its packets.</summary>
    public double Loss { get; init; }

    /// <summary>Chance that a message arrives twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Chance that a message is held back, so that later ones overtake it.</summary>
    public double Reorder { get; init; }

    /// <summary>How long every message takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>At most how much is added to the delay, evenly drawn. Messages overtake each other by it.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Pace of the client's output; 0: as fast as it goes.</summary>
    public double PacketsPerSecond { get; init; }

    /// <summary>How long the client's flush takes for each row.</summary>
    public TimeSpan FlushRow { get; init; }
}
