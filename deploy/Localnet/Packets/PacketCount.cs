namespace NymDirectory.Localnet.Packets;

/// <summary>How many mixnet packets a message takes: up to 1,601 bytes are one, 3,205 two, 4,809 three, and so on.</summary>
internal static class PacketCount
{
    private const int PacketCapacity = 1604;

    private const int MessageOverhead = 3;

    // An estimate: what a reply block adds to the message that carries it.
    private const int ReplyBlockSize = 400;

    /// <summary>Packets of a message that carries <paramref name="replyBlocks"/> blocks beside its content.</summary>
    public static int Of(int contentLength, int replyBlocks = 0)
    {
        var length = (long)contentLength + ((long)replyBlocks * ReplyBlockSize) + MessageOverhead;
        return (int)((length + PacketCapacity - 1) / PacketCapacity);
    }
}
