using NymDirectory.Gateway.NymClient.Packets;

namespace NymDirectory.Gateway.Tests.NymClient.Packets;

public sealed class PacketWindowTests
{
    [Fact]
    public void Size_WhatEverIsSeen_StaysWithinItsBounds()
    {
        var window = new PacketWindow();
        Assert.Equal(PacketWindow.Least, window.Size);
        window.WasEnough();
        Assert.Equal(PacketWindow.Least, window.Size);
        for (int i = 0; i < 20; i++)
        {
            window.WasTooSmall();
        }

        Assert.Equal(PacketWindow.Most, window.Size);
    }

    [Fact]
    public void Size_TooSmallThenEnough_GrowsAndShrinks()
    {
        var window = new PacketWindow();
        window.WasTooSmall();
        Assert.Equal(2 * PacketWindow.Least, window.Size);
        window.WasEnough();
        Assert.Equal(PacketWindow.Least, window.Size);
    }
}
