using System.Security.Cryptography;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.ReplyBlocks;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Tests.Rig;

/// <summary>Values whose particulars do not matter.</summary>
internal static class Some
{
    public static NymAddress Address() => NymAddress.FromBytes(RandomNumberGenerator.GetBytes(NymAddress.Size));

    public static SenderTag Tag() => SenderTag.FromBytes(RandomNumberGenerator.GetBytes(SenderTag.Size));

    public static OutgoingMessage Message(int packets = 1, ulong? lane = null, byte mark = 0) => new(Address(), packets, [mark], lane);

    public static ReplyBlock[] Blocks(int count, ulong first = 1)
    {
        var owner = Address();
        return [.. Enumerable.Range(0, count).Select(i => new ReplyBlock(owner, first + (ulong)i))];
    }
}
