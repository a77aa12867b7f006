using CsCheck;

namespace NymDirectory.Mixnet.Tests.Addresses;

public sealed class NymAddressTests
{
    // Made with an independent base58: 32 bytes of 1, of 2, of 3.
    private const string Ones = "4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi";
    private const string Twos = "8qbHbw2BbbTHBW1sbeqakYXVKRQM8Ne7pLK7m6CVfeR";
    private const string Threes = "CktRuQ2mttgRGkXJtyksdKHjUdc2C4TgDzyB98oEzy8";

    [Fact]
    public void TryParse_KnownText_ReadsPartsInOrder()
    {
        Assert.True(NymAddress.TryParse($"{Ones}.{Twos}@{Threes}", out var address));
        byte[] expected = [.. Enumerable.Repeat((byte)1, 32), .. Enumerable.Repeat((byte)2, 32), .. Enumerable.Repeat((byte)3, 32)];
        Assert.Equal(expected, address.Bytes.ToArray());
        Assert.Equal($"{Ones}.{Twos}@{Threes}", address.ToBase58());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".@")]
    [InlineData("@.")]
    [InlineData(Ones)]
    [InlineData(Ones + "." + Twos)]
    [InlineData(Ones + "@" + Twos + "." + Threes)]
    [InlineData(Ones + "." + Twos + "@" + Threes + "11")]
    [InlineData(Ones + "." + Twos + "@1" + Threes)]
    [InlineData(Ones + "." + Twos + "@" + Threes + "@" + Threes)]
    [InlineData(Ones + ".." + Twos + "@" + Threes)]
    [InlineData(" " + Ones + "." + Twos + "@" + Threes)]
    [InlineData(Ones + "." + Twos + "@" + Threes + "\n")]
    [InlineData(Ones + "." + Twos + "@0ktRuQ2mttgRGkXJtyksdKHjUdc2C4TgDzyB98oEzy8")]
    [InlineData(Ones + "." + Twos + "@CktRuQ2mttgRGkXJtyksdKHjUdc2C4TgDzyB98oEzy")]
    [InlineData(Ones + "." + Twos + "@zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData(Ones + "." + Twos + "@é€ü")]
    public void TryParse_NotAnAddress_IsFalse(string? text)
    {
        Assert.False(NymAddress.TryParse(text, out var address));
        Assert.Null(address);
    }

    [Fact]
    public void TryParse_HugeText_IsFalse() => Assert.False(NymAddress.TryParse($"{new string('z', 1_000_000)}.{Twos}@{Threes}", out _));

    [Fact]
    public void Parse_NotAnAddress_SaysNothingOfIt()
    {
        var exception = Assert.Throws<FormatException>(() => NymAddress.Parse("secret"));
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(95)]
    [InlineData(97)]
    public void FromBytes_WrongLength_Throws(int length) => Assert.Throws<ArgumentException>(() => NymAddress.FromBytes(new byte[length]));

    [Fact]
    public void ToBase58_AnyAddress_ReadsBackEqual() => Samples.AnyAddress.Sample(address =>
        NymAddress.TryParse(address.ToBase58(), out var read) && read.Equals(address) && read.GetHashCode() == address.GetHashCode());

    [Fact]
    public void TryParse_AnyString_NeverThrows() => Gen.String.Sample(text => NymAddress.TryParse(text, out _) || true);

    [Fact]
    public void TryParse_LeadingZeroes_KeepTheirLength()
    {
        var zeroes = NymAddress.FromBytes(new byte[NymAddress.Size]);
        Assert.Equal(zeroes, NymAddress.Parse(zeroes.ToBase58()));
    }

    [Fact]
    public void FromBytes_SourceChangedLater_IsACopy()
    {
        var bytes = new byte[NymAddress.Size];
        var address = NymAddress.FromBytes(bytes);
        bytes[0] = 1;
        Assert.Equal(0, address.Bytes[0]);
    }

    [Fact]
    public void ToString_AnyAddress_IsRedacted()
    {
        Assert.Equal("NymAddress(redacted)", Samples.Address.ToString());
        Assert.Equal("NymAddress(redacted)", $"{Samples.Address}");
    }
}
