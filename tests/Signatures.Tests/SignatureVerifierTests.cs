using System.Text;
using CsCheck;
using NymDirectory.TestKit;
using Org.BouncyCastle.Security;

namespace NymDirectory.Signatures.Tests;

public sealed class SignatureVerifierTests
{
    public static TheoryData<string> Rows => new(Vectors.Load().Signatures.Select(row => row.Name));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Verify_RowOfTheVectors_IsAsItSays(string name)
    {
        var row = Vectors.Load().Signatures.Single(row => row.Name == name);
        Assert.Equal(row.Valid, VerifierOf(row.Key).Verify(Encoding.UTF8.GetBytes(row.Text), row.Signature));
    }

    [Fact]
    public void Verify_ChallengeOfTheVectors_IsValid()
    {
        var challenge = Vectors.Load().Challenge;
        Assert.True(VerifierOf(challenge.Signer).Verify(Encoding.ASCII.GetBytes(challenge.Nonce), challenge.Signature));
    }

    [Fact]
    public void Verify_AnyText_IsFalseAndNeverThrows()
    {
        var verifier = VerifierOf("alice");
        Gen.String.Sample(text => Assert.False(verifier.Verify("data"u8, text)));
    }

    [Fact]
    public void Verify_AnyDerLikeBytes_AgreesWithBouncyCastle()
    {
        var key = Vectors.Load().Keys["alice"];
        using var signer = SigningKey.FromPem(key.Private);
        var original = Convert.FromHexString(signer.SignHex("data"u8));
        var verifier = VerifierOf("alice");
        Assert.True(P256PublicKey.TryParsePem(key.Public, out var parsed));
        var second = PublicKeyFactory.CreateKey(parsed.SubjectPublicKeyInfo.ToArray());
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte).Sample((index, value) =>
        {
            var changed = (byte[])original.Clone();
            changed[index] = value;
            Assert.Equal(BouncyCastleVerifies(second, changed), verifier.Verify("data"u8, Convert.ToHexString(changed)));
        });
    }

    [Fact]
    public void Verify_ManyThreadsAtOnce_AllAgree()
    {
        using var signer = SigningKey.Generate();
        var verifier = new SignatureVerifier(signer.PublicKey);
        Parallel.For(0, 500, i =>
        {
            var data = BitConverter.GetBytes(i);
            var signature = signer.SignHex(data);
            Assert.True(verifier.Verify(data, signature));
            Assert.False(verifier.Verify(BitConverter.GetBytes(i + 1), signature));
        });
    }

    [Fact]
    public void LetGo_WhileThreadsCheck_NoneFailsAndLaterChecksWork()
    {
        using var signer = SigningKey.Generate();
        var verifier = new SignatureVerifier(signer.PublicKey);
        var signature = signer.SignHex("data"u8);
        Parallel.For(0, 300, i =>
        {
            if (i % 10 == 0)
            {
                verifier.LetGo();
            }

            Assert.True(verifier.Verify("data"u8, signature));
        });

        Assert.False(verifier.IsImported);
        Assert.True(verifier.Verify("data"u8, signature));
        Assert.False(verifier.IsImported);
    }

    [Fact]
    public void Verify_KeyThatIsNoPointOfTheCurve_IsFalse()
    {
        var point = VerifiedKey("alice").SubjectPublicKeyInfo.ToArray();
        point[^1] ^= 1;
        Assert.False(new SignatureVerifier(P256PublicKey.FromCanonical(point)).Verify("data"u8, "3006020101020101"));
    }

    private static bool BouncyCastleVerifies(Org.BouncyCastle.Crypto.AsymmetricKeyParameter key, byte[] signature)
    {
        var verifier = SignerUtilities.GetSigner("SHA-256withECDSA");
        verifier.Init(forSigning: false, key);
        verifier.BlockUpdate("data"u8);
        return verifier.VerifySignature(signature);
    }

    private static SignatureVerifier VerifierOf(string name) => new(VerifiedKey(name));

    private static P256PublicKey VerifiedKey(string name)
    {
        Assert.True(P256PublicKey.TryParsePem(Vectors.Load().Keys[name].Public, out var key));
        return key;
    }
}
