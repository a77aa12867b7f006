using NymDirectory.Localnet.Packets;

namespace NymDirectory.Localnet.Tests.Packets;

public class PacketCountTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1601, 1)]
    [InlineData(1602, 2)]
    [InlineData(3205, 2)]
    [InlineData(3206, 3)]
    [InlineData(4809, 3)]
    [InlineData(4810, 4)]
    public void Of_Length_IsNymsCount(int length, int packets) => Assert.Equal(packets, PacketCount.Of(length));

    [Fact]
    public void Of_WithReplyBlocks_CountsThemToo() => Assert.True(PacketCount.Of(1000, replyBlocks: 10) > PacketCount.Of(1000));
}
