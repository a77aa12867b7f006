using System.Security.Cryptography;
using NymDirectory.TestKit;

namespace NymDirectory.Signatures.Tests;

public sealed class SigningKeyTests
{
    [Fact]
    public void FromPem_KeyOfTheVectors_HasTheirPublicKey()
    {
        using var key = SigningKey.FromPem(Vectors.Load().Keys["node"].Private);
        Assert.Equal(Vectors.Load().Keys["node"].Public, key.PublicKey.Pem);
    }

    [Fact]
    public void ExportEncryptedPem_ReadBack_IsTheSameKey()
    {
        using var key = SigningKey.Generate();
        var pem = key.ExportEncryptedPem("correct horse", iterations: 10_000);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", pem, StringComparison.Ordinal);
        using var again = SigningKey.FromEncryptedPem(pem, "correct horse");
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.Throws<CryptographicException>(() => SigningKey.FromEncryptedPem(pem, "wrong horse"));
    }

    [Fact]
    public void FromPem_PublicKeyOrOtherCurveOrGarbage_IsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem(other.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem(Vectors.Load().Keys["node"].Public));
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem("garbage"));
    }

    [Fact]
    public void DeriveSharedSecret_FromBothSides_IsTheSame()
    {
        using var alice = SigningKey.Generate();
        using var bob = SigningKey.Generate();
        var secret = alice.DeriveSharedSecret(bob.PublicKey);
        Assert.Equal(32, secret.Length);
        Assert.Equal(secret, bob.DeriveSharedSecret(alice.PublicKey));
    }
}
