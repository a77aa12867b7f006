using CsCheck;

namespace NymDirectory.Mixnet.Tests.Addresses;

public sealed class SenderTagTests
{
    [Fact]
    public void TryParse_KnownText_ReadsBytes()
    {
        // 16 bytes of 1, made with an independent base58.
        Assert.True(SenderTag.TryParse("8C2kCzsB2fJy9MiZos1mS", out var tag));
        Assert.Equal(Enumerable.Repeat((byte)1, 16), tag.ToArray());
        Assert.Equal("8C2kCzsB2fJy9MiZos1mS", tag.ToBase58());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("18C2kCzsB2fJy9MiZos1mS")]
    [InlineData("8C2kCzsB2fJy9MiZos1m")]
    [InlineData("8C2kCzsB2fJy9MiZos1mSuu")]
    [InlineData("8C2kCzsB2fJy9MiZos1m0")]
    [InlineData("8C2kCzsB2fJy9MiZos1mS ")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzz")]
    public void TryParse_NotATag_IsFalse(string? text)
    {
        Assert.False(SenderTag.TryParse(text, out var tag));
        Assert.Equal(default, tag);
    }

    [Fact]
    public void ToBase58_AnyTag_ReadsBackEqual() => Samples.AnyTag.Sample(tag =>
        SenderTag.TryParse(tag.ToBase58(), out var read) && read == tag && read.GetHashCode() == tag.GetHashCode()
        && SenderTag.FromBytes(tag.ToArray()) == tag);

    [Fact]
    public void Default_IsTheTagOfZeroes()
    {
        Assert.Equal(default, SenderTag.FromBytes(new byte[SenderTag.Size]));
        Assert.Equal(new byte[SenderTag.Size], default(SenderTag).ToArray());
        Assert.True(SenderTag.TryParse(default(SenderTag).ToBase58(), out var read));
        Assert.Equal(default, read);
    }

    [Fact]
    public void Equals_OneBitApart_IsFalse() => Gen.Select(Samples.AnyTag, Gen.Int[0, (8 * SenderTag.Size) - 1]).Sample((tag, bit) =>
    {
        var bytes = tag.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return SenderTag.FromBytes(bytes) != tag;
    });

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void FromBytes_WrongLength_Throws(int length) => Assert.Throws<ArgumentException>(() => SenderTag.FromBytes(new byte[length]));

    [Fact]
    public void CopyTo_TooShort_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Samples.Tag.CopyTo(new byte[15]));

    [Fact]
    public void ToString_AnyTag_IsRedacted() => Assert.Equal("SenderTag(redacted)", Samples.Tag.ToString());
}
