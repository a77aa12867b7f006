using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Names a pair of sender and recipient without saying who they are. The key lies in the same file: this keeps the pairs from being
/// read off a table or an old page, not from somebody who has file and patience.
/// </summary>
internal sealed class PairHash(byte[] key)
{
    public const int KeySize = 32;

    private const int HashSize = 16;

    public byte[] Of(long sender, long recipient)
    {
        Span<byte> pair = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(pair, sender);
        BinaryPrimitives.WriteInt64BigEndian(pair[sizeof(long)..], recipient);
        return HMACSHA256.HashData(key, pair)[..HashSize];
    }
}
