namespace NymDirectory.Load.Packets.Envelopes;

/// <summary>Who sends an envelope: its packets are that one's.</summary>
internal enum Way
{
    /// <summary>A client to the node, with reply blocks attached.</summary>
    ToNode,

    /// <summary>The node to a client, by reply blocks: what the node's nym-client has its packets for.</summary>
    FromNode,

    /// <summary>A client straight to another one.</summary>
    Direct,
}
