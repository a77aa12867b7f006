using System.Formats.Asn1;
using System.Numerics;

namespace NymDirectory.Signatures.Tests;

public sealed class DerSignatureTests
{
    [Theory]
    [InlineData("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "01")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "80")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "00ff")]
    [InlineData("00800000000000000000000000000000000000000000000000000000000000aa", "0102")]
    public void WriteHex_NumbersOfAnyLength_AreTheShortestThatSayTheSame(string r, string s)
    {
        var (first, second) = (Convert.FromHexString(r), Convert.FromHexString(s.PadLeft(64, '0')));

        var hex = DerSignature.WriteHex([.. first, .. second]);

        var sequence = new AsnReader(Convert.FromHexString(hex), AsnEncodingRules.DER).ReadSequence();
        Assert.Equal(Unsigned(first), sequence.ReadInteger());
        Assert.Equal(Unsigned(second), sequence.ReadInteger());
        Assert.False(sequence.HasData);
        Assert.Equal(hex, hex.ToLowerInvariant());
    }

    private static BigInteger Unsigned(byte[] number) => new(number, isUnsigned: true, isBigEndian: true);
}
