namespace NymDirectory.Load.Mixnet;

/// <summary>What came back by a reply block.</summary>
/// <param name="user">The number of the user whose block it was.</param>
/// <param name="content">The message; valid until the next one is taken.</param>
/// <param name="packets">How many packets it was.</param>
/// <param name="blocksAsked">No message: the node's nym-client runs short of this user's blocks and asks for so many; 0 with a message.</param>
internal readonly ref struct MixReply(int user, ReadOnlySpan<byte> content, int packets, int blocksAsked)
{
    public int User { get; } = user;

    public ReadOnlySpan<byte> Content { get; } = content;

    public int Packets { get; } = packets;

    public int BlocksAsked { get; } = blocksAsked;

    public bool AsksForBlocks => BlocksAsked > 0;
}
