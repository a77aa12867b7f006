namespace NymDirectory.Localnet.Packets;

/// <summary>The first byte of a <see cref="MixMessage"/> between two clients.</summary>
internal enum MixMessageKind : byte
{
    /// <summary><see cref="PlainMessage"/></summary>
    Plain = 1,

    /// <summary><see cref="AnonymousMessage"/></summary>
    Anonymous = 2,

    /// <summary><see cref="Packets.ReplyBlocksMessage"/></summary>
    ReplyBlocks = 3,

    /// <summary><see cref="ReplyMessage"/></summary>
    Reply = 4,

    /// <summary><see cref="Packets.ReplyBlockRequest"/></summary>
    ReplyBlockRequest = 5,
}
