using System.Diagnostics;
using Grpc.Net.Client;
using Microsoft.Data.Sqlite;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

/// <summary>The disk is full, the file cannot be written, somebody else has it: callers are told, operators too, and what was accepted stays.</summary>
public sealed class StorageFaultTests : IDisposable
{
    private const string Room = "--Mailbox:MaxMessages=1000000";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Disk_Full_RefusesAndSaysSo_AndGoesOnWhenThereIsRoom()
    {
        var (ada, bob) = await MessageFlood.PrepareAsync(_folder.File("seed/directory.db"));
        var disk = SmallDisk.Create(_folder);
        using var running = DirectoryProgram.StartUnder(disk.Command, disk.Database, Room);
        await running.StartedAsync();
        using var channel = GrpcChannel.ForAddress(running.Address);
        var flood = new MessageFlood(channel, ada, bob);
        await Eventually.True(
            async () =>
            {
                await flood.SendAsync(count: 1, bytes: 16_000);
                return flood.Refused.Count >= 3;
            },
            TimeSpan.FromSeconds(60));
        Assert.NotEmpty(flood.Accepted);
        Assert.Contains(disk.Complaint, running.Log, StringComparison.Ordinal);

        await disk.MakeRoomAsync(running.Id);
        var before = flood.Accepted.Count;
        await Eventually.True(async () =>
        {
            await flood.SendAsync(count: 1, bytes: 16_000);
            return flood.Accepted.Count > before;
        });

        await running.FreezeAsync();
        var copy = _folder.File("copy.db");
        File.Copy(disk.Outside(running.Id), copy);
        File.Copy(disk.Outside(running.Id) + "-wal", copy + "-wal");
        var found = await MessageFlood.HashesAsync(copy);
        Assert.All(flood.Accepted, hash => Assert.Contains(hash, found));
        Assert.All(flood.Refused, hash => Assert.DoesNotContain(hash, found));
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task File_ReadOnly_OneLineAndExitCodeOne()
    {
        var database = _folder.File("directory.db");
        await MessageFlood.PrepareAsync(database);
        File.SetUnixFileMode(database, UnixFileMode.UserRead);

        // Root may write anything, unless it gives that up.
        string[] command = Environment.UserName == "root" ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] : [];
        using var program = DirectoryProgram.StartUnder(command, database);

        Assert.Equal(1, await program.ExitCodeAsync());
        Assert.EndsWith("it cannot be written", Assert.Single(program.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_LockedBySomebodyElseWhileItRuns_RefusesAndGoesOnAfterwards()
    {
        var database = _folder.File("directory.db");
        var (ada, bob) = await MessageFlood.PrepareAsync(database);
        using var running = DirectoryProgram.Start(database, Room);
        await running.StartedAsync();
        using var channel = GrpcChannel.ForAddress(running.Address);
        var flood = new MessageFlood(channel, ada, bob);
        using (var other = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            other.Open();
            Execute(other, "BEGIN IMMEDIATE");
            await flood.SendAsync(count: 2, bytes: 100).Within(TimeSpan.FromSeconds(60));
            Assert.Equal((0, 2), (flood.Accepted.Count, flood.Refused.Count));
            Assert.Contains("another program has it locked", running.Log, StringComparison.Ordinal);
            Execute(other, "ROLLBACK");
        }

        await flood.SendAsync(count: 2, bytes: 100).Within();
        Assert.Equal(2, flood.Accepted.Count);
        running.Kill();
        await running.ExitCodeAsync();
        Assert.Equal(flood.Accepted.Order(), (await MessageFlood.HashesAsync(database)).Order());
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// A disk of a few megabytes that only the program sees. Where the system lets nobody have that, a limit for the length of files stands in: SQLite then meets a failed write and not a
    /// full disk.
    /// </summary>
    private sealed class SmallDisk
    {
        private const string OwnDisk = """mount -t tmpfs -o size=3m tmpfs "$0" && cp "$1"/* "$0" && head -c 1000000 /dev/zero > "$0/ballast" && shift && exec "$@" """;
        private const string Limit = """trap '' XFSZ; cp "$1"/* "$0" && shift && ulimit -S -f 2000 && exec "$@" """;

        private readonly TemporaryFolder _folder;
        private readonly bool _isDisk;

        private SmallDisk(TemporaryFolder folder, bool isDisk)
        {
            (_folder, _isDisk) = (folder, isDisk);
            Directory.CreateDirectory(Root);
        }

        public IReadOnlyList<string> Command => _isDisk
            ? ["unshare", "-Urm", "sh", "-c", OwnDisk, Root, _folder.File("seed")]
            : ["sh", "-c", Limit, Root, _folder.File("seed")];

        public string Database => Path.Combine(Root, "directory.db");

        public string Complaint => _isDisk ? "the disk is full" : "SQLite error 10";

        private string Root => _folder.File("disk");

        public static SmallDisk Create(TemporaryFolder folder)
        {
            using var probe = Process.Start(new ProcessStartInfo("unshare", ["-Urm", "mount", "-t", "tmpfs", "tmpfs", folder.Path]) { RedirectStandardError = true })!;
            probe.WaitForExit();
            return new SmallDisk(folder, probe.ExitCode == 0);
        }

        /// <summary>The database as it is seen from here.</summary>
        public string Outside(int processId) => _isDisk ? $"/proc/{processId}/root{Database}" : Database;

        public async Task MakeRoomAsync(int processId)
        {
            if (_isDisk)
            {
                File.Delete(Path.Combine(Path.GetDirectoryName(Outside(processId))!, "ballast"));
                return;
            }

            using var more = Process.Start("prlimit", ["--pid", $"{processId}", "--fsize=unlimited"]);
            await more.WaitForExitAsync().Within();
        }
    }
}
