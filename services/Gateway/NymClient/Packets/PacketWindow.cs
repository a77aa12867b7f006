namespace NymDirectory.Gateway.NymClient.Packets;

/// <summary>
/// How many packets may wait inside of nym-client. It sends 50 a second, 250, or as fast as it goes, and does not say which: with so many it has enough to do while it is asked
/// how far it is, and where it had nothing left when it was asked, it gets more. Not thread-safe.
/// </summary>
internal sealed class PacketWindow
{
    /// <summary>Two thirds of a second at nym-client's default pace.</summary>
    public const int Least = 32;

    /// <summary>Enough for one that does not pace at all.</summary>
    public const int Most = 4_096;

    public int Size { get; private set; } = Least;

    /// <summary>All had left before it was asked.</summary>
    public void WasTooSmall() => Size = Math.Min(2 * Size, Most);

    /// <summary>Some had not.</summary>
    public void WasEnough() => Size = Math.Max(Size / 2, Least);
}
