using System.Buffers.Binary;
using System.Security.Cryptography;
using NymDirectory.DirectoryService.Storage;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class PairHashTests
{
    /// <summary>Databases hold it: it must be what it has been since the first of them.</summary>
    [Fact]
    public void Of_IsTheFirstHalfOfAnHmacOverBothNumbers()
    {
        var key = RandomNumberGenerator.GetBytes(PairHash.KeySize);
        using var hash = new PairHash(key);

        foreach (var (sender, recipient) in new[] { (1L, 2L), (2L, 1L), (long.MaxValue, 0L), (1L, 2L) })
        {
            var pair = new byte[16];
            BinaryPrimitives.WriteInt64BigEndian(pair, sender);
            BinaryPrimitives.WriteInt64BigEndian(pair.AsSpan(8), recipient);
            Assert.Equal(HMACSHA256.HashData(key, pair)[..16], hash.Of(sender, recipient));
        }
    }
}
