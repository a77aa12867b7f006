namespace NymDirectory.Load.Mixnet;

/// <summary>What came back by a reply block.</summary>
/// <param name="user">The number of the user whose block it was.</param>
/// <param name="content">The message; valid until the next one is taken.</param>
/// <param name="asksForBlocks">No message: the node's nym-client runs short of this user's blocks.</param>
internal readonly ref struct MixReply(int user, ReadOnlySpan<byte> content, bool asksForBlocks)
{
    public int User { get; } = user;

    public ReadOnlySpan<byte> Content { get; } = content;

    public bool AsksForBlocks { get; } = asksForBlocks;
}
