namespace NymDirectory.Load.Packets.Paced;

/// <summary>A node whose nym-clients send as many packets a second as real ones, and what is sent through it.</summary>
/// <param name="Gateways">Each with a nym-client.</param>
/// <param name="Characters">Length of the texts.</param>
/// <param name="FastMode">Five times the pace.</param>
/// <param name="ToReaders">Recipients only read, and attach no reply blocks; otherwise all write to each other.</param>
internal sealed record PacedNode(int Gateways, int Characters, bool FastMode = false, bool ToReaders = false)
{
    private const double Pace = 50;
    private const double FastFactor = 5;

    /// <summary>What the hub is told: packets a second of each nym-client by default.</summary>
    public static double PacketsPerSecond => Pace;

    /// <summary>Packets a second with <c>--fastmode</c>.</summary>
    public static double FastPacketsPerSecond => Pace * FastFactor;

    /// <summary>Of all of its nym-clients.</summary>
    public double PacketsInAll => (FastMode ? FastPacketsPerSecond : Pace) * Gateways;
}
