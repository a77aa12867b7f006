using System.Collections.Concurrent;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Tests.CommandLine;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Backup;

/// <summary>The real program, beside a Directory that holds the lock and works on the file.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Backup_UnderWriteLoad_HoldsAllThatWasAcceptedBefore()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => directory.RegisterAsync($"user{number}")));
        var accepted = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var load = users.Select(user => Task.Run(() => WriteAsync(directory, user, accepted, stop.Token))).ToList();
        await Eventually.True(() => accepted.Count > 100);

        for (var round = 0; round < 3; round++)
        {
            var before = accepted.ToArray();
            var outcome = await DirectoryCommand.RunAsync(directory.Database, "backup", _folder.File($"{round}.db"));

            outcome.AssertDone();
            Assert.True(accepted.Count > before.Length, "nothing was written meanwhile");
            Assert.Empty(before.Except(DatabaseFile.Contents(_folder.File($"{round}.db"))));
            Assert.Equal(["ok"], DatabaseFile.Read(_folder.File($"{round}.db"), sql => sql.List("PRAGMA integrity_check", row => row.GetString(0))));
        }

        await stop.CancelAsync();
        await Task.WhenAll(load).Within();
        directory.Service.Logs.AssertNoErrors();
        Assert.Equal(["0.db", "1.db", "2.db"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Backup_OfARunningDirectory_IsPrivateSaysWhatIsInItAndHoldsNothingDelivered()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.SettleAsync(Fate.Taken, (await directory.SendAsync(ada, ada, "delivered content")).Leased);
        await directory.SendAsync(ada, ada, "waiting content");

        var outcome = await DirectoryCommand.RunAsync(directory.Database, "backup", _folder.File("new/a.db"));

        outcome.AssertDone();
        Assert.Contains($"{_folder.File("new/a.db")} (accounts 1, waiting messages 1)", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("new/a.db")));
        var bytes = await File.ReadAllBytesAsync(_folder.File("new/a.db"));
        Assert.True(bytes.AsSpan().IndexOf("waiting content"u8) > 0);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("delivered content"u8));
    }

    [Fact]
    public async Task Backup_ToStandardOutput_IsTheWholeFileAndLeavesNothingBeside()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        await directory.RegisterAsync("ada");

        var outcome = await DirectoryCommand.RunAsync(directory.Database, "backup", "-");
        await File.WriteAllBytesAsync(_folder.File("a.db"), outcome.OutputBytes);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("(accounts 1, waiting messages 0)", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(["ada"], DatabaseFile.Names(_folder.File("a.db")));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(directory.Database)!), file => file.Contains("backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backup_OfAKilledDirectory_HoldsWhatIsOnlyInItsLog()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.SendAsync(ada, ada, "in the log");
        foreach (var suffix in (string[])["", "-wal"])
        {
            File.Copy(directory.Database + suffix, _folder.File("left.db") + suffix);
        }

        (await DirectoryCommand.RunAsync(_folder.File("left.db"), "backup", _folder.File("a.db"))).AssertDone();

        Assert.Equal(["in the log"], DatabaseFile.Contents(_folder.File("a.db")));
    }

    [Fact]
    public async Task Backup_Killed_LeavesNoHalfFileAndTheNextOneClearsUp()
    {
        await DatabaseFile.CreateLargeAsync(_folder.File("directory.db"), megabytes: 60);
        await File.WriteAllTextAsync(_folder.File("a.db"), "the backup before");
        using (var backup = DirectoryCommand.Start(_folder.File("directory.db"), "backup", _folder.File("a.db"), "--overwrite"))
        {
            await backup.KillWhenAsync(() => Drafts().Any(draft => draft.Length > 4 << 20));
        }

        Assert.Equal("the backup before", await File.ReadAllTextAsync(_folder.File("a.db")));
        Assert.Single(Drafts());

        (await DirectoryCommand.RunAsync(_folder.File("directory.db"), "backup", _folder.File("a.db"), "--overwrite")).AssertDone();

        Assert.Empty(Drafts());
        Assert.Equal(60, DatabaseFile.Read(_folder.File("a.db"), sql => sql.Scalar<long>("SELECT COUNT(*) FROM settings WHERE name LIKE 'filler%'")));
    }

    [Fact]
    public async Task Backup_FileThatExists_IsOnlyReplacedWhenTold()
    {
        await DatabaseFile.CreateAsync(_folder.File("directory.db"));
        await File.WriteAllTextAsync(_folder.File("a.db"), "precious");

        (await DirectoryCommand.RunAsync(_folder.File("directory.db"), "backup", _folder.File("a.db"))).AssertRefused("--overwrite");
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder.File("a.db")));

        (await DirectoryCommand.RunAsync(_folder.File("directory.db"), "backup", _folder.File("a.db"), "--overwrite")).AssertDone();
        Assert.Empty(DatabaseFile.Names(_folder.File("a.db")));
    }

    [Fact]
    public async Task Backup_OfWhatIsNoDatabaseOfANode_IsRefusedInOneLine()
    {
        await File.WriteAllTextAsync(_folder.File("text.db"), new string('x', 8192));
        DatabaseFile.Change(_folder.File("other.db"), "CREATE TABLE x (y)");
        await DatabaseFile.CreateAsync(_folder.File("newer.db"));
        DatabaseFile.Change(_folder.File("newer.db"), "INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Later', '99')");

        await AssertRefusedAsync("nowhere.db", "there is no such file");
        await AssertRefusedAsync("text.db", "not a database");
        await AssertRefusedAsync("other.db", "not the database of a NymDirectory node");
        await AssertRefusedAsync("newer.db", "newer version");
        (await DirectoryCommand.RunAsync(_folder.File("newer.db"), "backup", _folder.File("newer.db"))).AssertRefused("belongs to the database itself");
        (await DirectoryCommand.RunAsync(_folder.File("newer.db"), "backup")).AssertRefused("--help shows the commands");
    }

    [Fact]
    public async Task Backup_DatabaseThatContradictsItself_IsRefusedAndLeavesNothing()
    {
        await DatabaseFile.CreateAsync(_folder.File("directory.db"));
        DatabaseFile.Change(
            _folder.File("directory.db"),
            "PRAGMA foreign_keys=OFF",
            "INSERT INTO mailboxes (account_id, held_until, leased_until, leased_count, message_count, byte_count) VALUES (99, 0, 0, 0, 0, 0)");

        await AssertRefusedAsync("directory.db", "damaged");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task WriteAsync(
        DirectoryUnderTest directory, TestUser user, ConcurrentQueue<string> accepted, CancellationToken cancellationToken)
    {
        for (var number = 0; number < 900 && !cancellationToken.IsCancellationRequested; number++)
        {
            var text = $"{user.Name}:{number}";
            var outcome = await directory.SendAsync(user, user, text);
            Assert.True(outcome.OutcomeCase is AcceptOutcome.OutcomeOneofCase.Leased or AcceptOutcome.OutcomeOneofCase.Pending);
            accepted.Enqueue(text);
        }
    }

    private List<FileInfo> Drafts() => [.. new DirectoryInfo(_folder.Path).GetFiles("*.part")];

    private async Task AssertRefusedAsync(string database, string reason)
    {
        (await DirectoryCommand.RunAsync(_folder.File(database), "backup", _folder.File("a.db"))).AssertRefused(reason);
        Assert.False(File.Exists(_folder.File("a.db")));
        Assert.Empty(Drafts());
    }
}
