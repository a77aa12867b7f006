namespace NymDirectory.Load.Packets;

/// <summary>What the command can show.</summary>
internal enum PacketsPart
{
    /// <summary>Bytes and packets of every envelope; nothing is run for it.</summary>
    Table,

    /// <summary>What a paced node carries, with one, two and four Gateways.</summary>
    Capacity,

    /// <summary>What becomes of a paced node that is offered twice of that.</summary>
    Overload,
}
