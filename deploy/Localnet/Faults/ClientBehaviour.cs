namespace NymDirectory.Localnet.Faults;

/// <summary>What the hub tells a client about how to behave.</summary>
/// <param name="PacketsPerSecond">Pace of its output; 0: as fast as it goes.</param>
/// <param name="FlushRow">How long its flush takes for each row, at the end of a run.</param>
/// <param name="Silence">Its mixnet side is stuck for so long from now on; zero ends that; null leaves it.</param>
internal sealed record ClientBehaviour(double PacketsPerSecond, TimeSpan FlushRow, TimeSpan? Silence)
{
    /// <summary>Nothing unusual.</summary>
    public static ClientBehaviour Stock { get; } = new(0, TimeSpan.Zero, null);
}
