using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class CheckpointTests
{
    [Fact]
    public async Task Checkpoints_AMinuteAfterDelivery_NoFileHoldsTheMessage()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.SettleAsync(Fate.Taken, (await directory.SendAsync(ada, ada, "canary-content")).Leased);
        var log = directory.Get<DatabaseLocation>().WriteAheadLog;
        Assert.True(Holds(log, "canary-content"));

        directory.Time.Advance(TimeSpan.FromMinutes(1));

        await Eventually.True(() => new FileInfo(log).Length == 0);
        await directory.AttachAsync();
        await directory.SendAsync(ada, ada, "the writer goes on");
        await directory.Service.StopAsync();
        Assert.False(Holds(directory.Database, "canary-content"));
        Assert.True(Holds(directory.Database, "the writer goes on"));
        directory.Service.Logs.AssertNoErrors();
    }

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
