using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Names a pair of sender and recipient without saying who they are. The key lies in the same file: this keeps the pairs from being
/// read off a table or an old page, not from somebody who has file and patience. For one thread at a time.
/// </summary>
internal sealed class PairHash(byte[] key) : IDisposable
{
    public const int KeySize = 32;

    private const int HashSize = 16;

    // Kept: HMACSHA256.HashData has OpenSSL look the algorithm up each time.
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    public byte[] Of(long sender, long recipient)
    {
        Span<byte> pair = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(pair, sender);
        BinaryPrimitives.WriteInt64BigEndian(pair[sizeof(long)..], recipient);
        _hash.AppendData(pair);
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.GetHashAndReset(whole);
        return whole[..HashSize].ToArray();
    }

    public void Dispose() => _hash.Dispose();
}
