using CsCheck;
using NymDirectory.TestKit;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace NymDirectory.Signatures.Tests;

public sealed class P256PublicKeyTests
{
    public static TheoryData<string> BadKeys => new(Vectors.Load().BadPublicKeys.Select(key => key.Name));

    public static TheoryData<string> GoodKeys => new(Vectors.Load().Keys.Keys);

    [Theory]
    [MemberData(nameof(BadKeys))]
    public void TryParsePem_BadKeyOfTheVectors_IsRefused(string name) =>
        Assert.False(P256PublicKey.TryParsePem(Vectors.Load().BadPublicKeys.Single(key => key.Name == name).Pem, out _));

    [Theory]
    [MemberData(nameof(GoodKeys))]
    public void TryParsePem_KeyOfTheVectors_IsCanonicalAlready(string name)
    {
        var pem = Vectors.Load().Keys[name].Public;
        Assert.True(P256PublicKey.TryParsePem(pem, out var key));
        Assert.Equal(pem, key.Pem);
        Assert.Equal(key, P256PublicKey.FromCanonical(key.SubjectPublicKeyInfo));
    }

    [Theory]
    [MemberData(nameof(GoodKeys))]
    public void TryReadCanonicalPem_WhatPemGaveOut_IsTheKeyAgain(string name)
    {
        Assert.True(P256PublicKey.TryParsePem(Vectors.Load().Keys[name].Public, out var key));
        Assert.True(P256PublicKey.TryReadCanonicalPem(key.Pem, out var again));
        Assert.Equal(key, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    public void TryReadCanonicalPem_AnythingElse_IsNot(string? pem) => Assert.False(P256PublicKey.TryReadCanonicalPem(pem, out _));

    [Fact]
    public void TryParsePem_OtherLineBreaks_BecomesCanonical()
    {
        var pem = Vectors.Load().Keys["alice"].Public;
        Assert.True(P256PublicKey.TryParsePem("\r\n  " + pem.Replace("\n", "\r\n", StringComparison.Ordinal) + "\n", out var key));
        Assert.Equal(pem, key.Pem);
    }

    [Fact]
    public void TryParsePem_CompressedPoint_BecomesTheSameKey()
    {
        Assert.True(P256PublicKey.TryParsePem(Vectors.Load().Keys["alice"].Public, out var alice));
        var point = ((ECPublicKeyParameters)PublicKeyFactory.CreateKey(alice.SubjectPublicKeyInfo.ToArray())).Q;
        byte[] der = [.. Convert.FromHexString("3039301306072a8648ce3d020106082a8648ce3d030107032200"), .. point.GetEncoded(compressed: true)];
        Assert.True(P256PublicKey.TryParseDer(der, out var key));
        Assert.Equal(alice, key);
    }

    [Fact]
    public void TryParseDer_Infinity_IsRefused() => Assert.False(P256PublicKey.TryParseDer(
        Convert.FromHexString("3019301306072a8648ce3d020106082a8648ce3d03010703020000"), out _));

    [Fact]
    public void TryParseDer_TrailingByte_IsRefused()
    {
        Assert.True(P256PublicKey.TryParsePem(Vectors.Load().Keys["alice"].Public, out var alice));
        Assert.False(P256PublicKey.TryParseDer([.. alice.SubjectPublicKeyInfo, 0], out _));
    }

    [Fact]
    public void TryParsePem_TextAroundIt_IsRefused()
    {
        var pem = Vectors.Load().Keys["alice"].Public;
        Assert.False(P256PublicKey.TryParsePem("x" + pem, out _));
        Assert.False(P256PublicKey.TryParsePem(pem + "x", out _));
    }

    [Fact]
    public void TryParseDer_OneByteChanged_NeverThrowsAndNeverLeavesTheCurve()
    {
        Assert.True(P256PublicKey.TryParsePem(Vectors.Load().Keys["alice"].Public, out var alice));
        var original = alice.SubjectPublicKeyInfo.ToArray();
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte).Sample((index, value) =>
        {
            var changed = (byte[])original.Clone();
            changed[index] = value;
            // A changed coordinate leaves the curve, but for the negated point, which one byte cannot make.
            Assert.Equal(changed.AsSpan().SequenceEqual(original), P256PublicKey.TryParseDer(changed, out _));
        });
    }

    [Fact]
    public void TryParsePem_AnyText_NeverThrows() => Gen.String.Sample(text => Assert.False(P256PublicKey.TryParsePem(text, out _)));

    [Fact]
    public void ToString_OfAKey_SaysNothing()
    {
        Assert.True(P256PublicKey.TryParsePem(Vectors.Load().Keys["alice"].Public, out var alice));
        Assert.Equal("P256PublicKey(redacted)KeyId(redacted)", $"{alice}{alice.KeyId}");
    }
}
