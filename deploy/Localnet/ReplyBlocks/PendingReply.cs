namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>A reply that waits for blocks. It keeps those it already got.</summary>
internal sealed class PendingReply(byte[] content, int packets, ulong? lane)
{
    private readonly List<ReplyBlock> _blocks = [];

    /// <summary>The message.</summary>
    public byte[] Content { get; } = content;

    /// <summary>The connection id of its request; null: none.</summary>
    public ulong? Lane { get; } = lane;

    /// <summary>How many packets it has, each of which costs a block.</summary>
    public int Packets { get; } = packets;

    /// <summary>What it has got.</summary>
    public IReadOnlyList<ReplyBlock> Blocks => _blocks;

    /// <summary>How many blocks it lacks.</summary>
    public int Lacking => Packets - _blocks.Count;

    /// <summary>Gets one more.</summary>
    public void Give(ReplyBlock block) => _blocks.Add(block);
}
