using NymDirectory.EndToEnd.Harness;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Outages;

/// <summary>A Directory killed in its very first start, at several moments: the next start is an ordinary one.</summary>
public sealed class FirstMigrationTests
{
    [Theory]
    [InlineData("directory.db", 0)]
    [InlineData("directory.db", 1)]
    [InlineData("directory.db-wal", 0)]
    [InlineData("directory.db-wal", 1)]
    [InlineData("directory.db-wal", 12 * 1024)]
    [InlineData("directory.db-wal", 40 * 1024)]
    [InlineData("directory.db-wal", 80 * 1024)]
    public async Task Kill_InTheFirstMigration_TheNextStartIsOrdinary(string file, int size)
    {
        await using var node = NodeUnderTest.Prepare();
        var database = Path.Combine(node.Setup.DataFolder, file);
        node.Node.StartDirectory();
        var first = node.Node.Directory!;
        // As closely as a poll can: the moments lie a few milliseconds apart.
        var start = TimeProvider.System.GetTimestamp();
        while (!Reached(database, size) && !first.HasEnded && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            await Task.Yield();
        }

        first.Send(Signal.Kill);
        await first.Ended.Within();
        Assert.True(File.Exists(Path.Combine(node.Setup.DataFolder, "directory.db")), "it was killed before there was a database");

        node.Node.StartDirectory();
        await node.DirectoryReadyAsync().Within();
        await node.StopAsync();
    }

    private static bool Reached(string file, int size) => new FileInfo(file) is { Exists: true } found && found.Length >= size;
}
