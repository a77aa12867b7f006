using NymDirectory.DirectoryService.Storage;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class MailboxDepthTests
{
    [Fact]
    public async Task Value_WhatIsCommittedMeanwhile_IsCountedOnce()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob");
        await directory.SendAsync(ada, bob, "1");
        await directory.SendAsync(ada, bob, "2");
        await directory.SendAsync(bob, ada, "3");

        using var depth = new MailboxDepth(directory.Get<DatabaseLocation>(), exception => Assert.Fail(exception.Message));
        await directory.SendAsync(ada, bob, "4");
        depth.Change(1);
        await depth.Counting;

        Assert.Equal(4, depth.Value);
    }

    [Fact]
    public async Task Dispose_InTheMiddle_Ends()
    {
        await using var directory = await DirectoryUnderTest.StartAsync();
        var depth = new MailboxDepth(directory.Get<DatabaseLocation>(), exception => Assert.Fail(exception.Message));
        depth.Dispose();
        Assert.True(depth.Counting.IsCompletedSuccessfully);
    }
}
