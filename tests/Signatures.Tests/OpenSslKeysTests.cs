using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace NymDirectory.Signatures.Tests;

/// <summary>The short way to a key against the platform's own.</summary>
[SupportedOSPlatform("linux")]
public sealed class OpenSslKeysTests
{
    private static readonly byte[] Digest = SHA256.HashData("data"u8);

    [Fact]
    public void AreUsable_WhereTheServicesRun_Yes() => Assert.True(OpenSslKeys.AreUsable);

    [Fact]
    public void Import_AnyKey_IsTheOneThatThePlatformImports()
    {
        for (int i = 0; i < 50; i++)
        {
            using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var point = Point(signer);
            using var imported = OpenSslKeys.Import(point);
            var parameters = imported.ExportParameters(includePrivateParameters: false);

            Assert.Equal(point, [4, .. parameters.Q.X!, .. parameters.Q.Y!]);
            Assert.Equal(256, imported.KeySize);
            var signature = signer.SignHash(Digest);
            Assert.True(imported.VerifyHash(Digest, signature));
            signature[i] ^= 1;
            Assert.False(imported.VerifyHash(Digest, signature));
        }
    }

    [Fact]
    public void Import_NoPointOfTheCurve_Throws()
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = Point(signer);
        byte[] offCurve = [.. point[..^1], (byte)(point[^1] ^ 1)];
        byte[] zero = [4, .. new byte[64]];
        byte[] hybrid = [(byte)(6 | (point[^1] & 1)), .. point[1..]];
        byte[] compressed = [(byte)(2 | (point[^1] & 1)), .. point[1..33]];
        byte[] infinity = [0];
        foreach (var bad in (byte[][])[offCurve, zero, hybrid, compressed, infinity, point[..^1], [.. point, 0]])
        {
            Assert.Throws<CryptographicException>(() => OpenSslKeys.Import(bad));
        }

        using var imported = OpenSslKeys.Import(point);
        Assert.True(imported.VerifyHash(Digest, signer.SignHash(Digest)));
    }

    [Fact]
    public void Import_CoordinateBeyondTheField_Throws()
    {
        // (0, y) is on the curve, and so would (p, y) be if it were reduced.
        var y = Convert.FromHexString("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");
        var p = Convert.FromHexString("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        using var imported = OpenSslKeys.Import([4, .. new byte[32], .. y]);

        Assert.Throws<CryptographicException>(() => OpenSslKeys.Import([4, .. p, .. y]));
    }

    [Fact]
    public void Import_ByThePlatform_ChecksAlike()
    {
        using var signer = SigningKey.Generate();
        using var platforms = ECDsa.Create(signer.PublicKey.ToParameters());
        using var ours = signer.PublicKey.Import();
        var signature = Convert.FromHexString(signer.SignHex("data"u8));

        Assert.True(platforms.VerifyHash(Digest, signature, DSASignatureFormat.Rfc3279DerSequence));
        Assert.True(ours.VerifyHash(Digest, signature, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void Import_ManyThreadsAtOnce_NoneDisturbsAnother()
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (point, signature) = (Point(signer), signer.SignHash(Digest));
        Parallel.For(0, 2_000, i =>
        {
            if (i % 3 == 0)
            {
                Assert.Throws<CryptographicException>(() => OpenSslKeys.Import([4, .. new byte[64]]));
            }

            using var imported = OpenSslKeys.Import(point);
            Assert.True(imported.VerifyHash(Digest, signature));
        });
    }

    private static byte[] Point(ECDsa key)
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }
}
