using CsCheck;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Hosting;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.TagSealing;

public sealed class TagSealerTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, TagSealer.KeySize).Select(i => (byte)i)];

    private static readonly Gen<byte[]> Tags = Gen.Byte.Array[SenderTag.Size];

    [Fact]
    public void Seal_KnownKeyAndTag_IsOneBlockOfAes256()
    {
        // FIPS 197, appendix C.3.
        using var sealer = new TagSealer(Key);
        var tag = SenderTag.FromBytes(Convert.FromHexString("00112233445566778899AABBCCDDEEFF"));

        Assert.Equal("8EA2B7CA516745BFEAFC49904B496089", Hex(sealer.Seal(tag)));
    }

    [Fact]
    public void Open_WhatWasSealed_IsTheTag()
    {
        using var sealer = new TagSealer(Key);
        Tags.Sample(bytes => sealer.Open(sealer.Seal(SenderTag.FromBytes(bytes))) == SenderTag.FromBytes(bytes));
    }

    [Fact]
    public void Seal_TwoTags_AreEqualOnlyWhenTheTagsAre()
    {
        using var sealer = new TagSealer(Key);
        Gen.Select(Tags, Tags).Sample((one, other) =>
            (sealer.Seal(SenderTag.FromBytes(one)) == sealer.Seal(SenderTag.FromBytes(other))) == one.SequenceEqual(other));
        Tags.Sample(bytes => sealer.Seal(SenderTag.FromBytes(bytes)) == sealer.Seal(SenderTag.FromBytes(bytes)));
    }

    [Fact]
    public void Seal_ByManyThreads_StaysTheSamePermutation()
    {
        using var sealer = new TagSealer(Key);
        var tags = Enumerable.Range(0, 2_000).Select(i => SenderTag.FromBytes(Enumerable.Repeat((byte)i, SenderTag.Size).ToArray())).ToArray();

        Parallel.ForEach(tags, tag => Assert.Equal(tag, sealer.Open(sealer.Seal(tag))));
    }

    [Fact]
    public void OpenOrCreate_SecondTime_SealsAlike()
    {
        using var folder = new TemporaryFolder();
        var tag = SenderTag.FromBytes(new byte[SenderTag.Size]);
        using var first = SealKeyFile.OpenOrCreate(folder.File("new/seal.key"), () => { });
        using var second = SealKeyFile.OpenOrCreate(folder.File("new/seal.key"), () => { });
        using var elsewhere = SealKeyFile.OpenOrCreate(folder.File("other.key"), () => { });

        Assert.Equal(first.Seal(tag), second.Seal(tag));
        Assert.NotEqual(first.Seal(tag), elsewhere.Seal(tag));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("new/seal.key")));
        Assert.Single(Directory.GetFiles(folder.File("new")));
    }

    [Fact]
    public void OpenOrCreate_FileOfAnotherSize_IsLeftAlone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("seal.key"), "not a key");

        Assert.Throws<InvalidConfigurationException>(() => SealKeyFile.OpenOrCreate(folder.File("seal.key"), () => { }));
        Assert.Equal("not a key", File.ReadAllText(folder.File("seal.key")));
    }

    private static string Hex(SealedTag tag)
    {
        byte[] bytes = new byte[SealedTag.Size];
        tag.CopyTo(bytes);
        return Convert.ToHexString(bytes);
    }
}
