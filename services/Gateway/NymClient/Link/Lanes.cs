using System.Buffers.Binary;
using System.Security.Cryptography;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// One lane of nym-client for each tag of a run, so that lanes say something about that tag only. Derived, because a table would grow with every tag ever
/// seen; and with a number of this process, because an nym-client that outlived the last one still has its lanes. Only nym-client sees the result, and it knows
/// the tags anyway: sealed tags and runs are as good as random already, and need not be hashed.
/// </summary>
internal sealed class Lanes
{
    private readonly ulong _process = Word(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public ulong For(RunId run, SealedTag tag)
    {
        Span<byte> bytes = stackalloc byte[RunId.Size + SealedTag.Size];
        run.CopyTo(bytes);
        tag.CopyTo(bytes[RunId.Size..]);

        // 0 means none, and then nothing is ever answered.
        return Math.Max(1, _process ^ Word(bytes) ^ Word(bytes[RunId.Size..]));
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64BigEndian(bytes);
}
