using System.Buffers.Binary;
using System.Security.Cryptography;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// One lane of nym-client for each tag of a run, so that lanes say something about that tag only. Derived, under a key that lives as long as this
/// process, because a table would grow with every tag ever seen.
/// </summary>
internal sealed class Lanes
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public ulong For(RunId run, SealedTag tag)
    {
        Span<byte> input = stackalloc byte[RunId.Size + SealedTag.Size];
        run.CopyTo(input);
        tag.CopyTo(input[RunId.Size..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, input, hash);

        // 0 means none, and then nothing is ever answered.
        return Math.Max(1, BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}
