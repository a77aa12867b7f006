using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Tests.CommandLine;
using NymDirectory.TestKit;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Restore;

/// <summary>The real program on real files.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Backup => _folder.File("backup.db");

    [Fact]
    public async Task Restore_OfAnOlderState_SendsNothingDownOldRoutesBeforeALogin()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob");
        Assert.Equal(Arrived.Leased, (await directory.SendAsync(ada, bob, "leased")).OutcomeCase);
        await directory.SendAsync(ada, bob, "behind it");
        await BackUpAsync(directory);
        await directory.RegisterAsync("later");

        await directory.RestartAsync(() => RestoreAsync(directory, "--replace"));
        await directory.AttachAsync();
        directory.Time.Advance(TimeSpan.FromMinutes(10));
        await directory.AttachAsync();

        // The gateway is in the run of before, but the user may be long gone from that tag.
        Assert.Empty(await directory.LeaseDueAsync());
        Assert.Equal(Arrived.Pending, (await directory.SendAsync(ada, bob, "new")).OutcomeCase);
        await directory.LogInAsync(bob, "ack");
        await directory.ResumeAsync(bob);
        Assert.Equal(["leased", "behind it", "new"], (await directory.LeaseDueAsync()).Select(DirectoryUnderTest.Text));
        Assert.Equal(BeginLoginOutcome.OutcomeOneofCase.NotFound, (await directory.BeginLoginAsync("later", directory.NewRoute())).OutcomeCase);
        directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Restore_ThenASendOnTheRegisteredTag_RenewsTheRoute()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.SendAsync(ada, ada, "before");
        await BackUpAsync(directory);

        await directory.RestartAsync(() => RestoreAsync(directory, "--replace"));
        await directory.AttachAsync();
        await directory.SendAsync(ada, ada, "on the tag");

        Assert.Equal(["before", "on the tag"], (await directory.LeaseDueAsync()).Select(DirectoryUnderTest.Text));
    }

    [Fact]
    public async Task Restore_NumbersGivenOutSinceTheBackup_AreNotGivenOutAgain()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob", "ack");
        await directory.SendAsync(ada, bob, "in the backup");
        await BackUpAsync(directory);
        for (var number = 0; number < 5; number++)
        {
            await directory.SendAsync(ada, bob, $"lost {number}");
        }

        var before = Numbers(directory.Database);
        await directory.RestartAsync(() => RestoreAsync(directory, "--replace"));
        await directory.SendAsync(ada, bob, "after");
        var after = Numbers(directory.Database);

        Assert.Equal(before[0], after[0]);
        Assert.Equal(2, after.Count);
        Assert.True(after[1].Id > before[^1].Id, "an id is used twice");
        Assert.True(after[1].Sequence > before[^1].Sequence, "a sequence number is used twice");
    }

    [Fact]
    public async Task Restore_BackupWithoutAnyMessage_StillSkipsTheIdsGivenOutSince()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await BackUpAsync(directory);
        var lost = (await directory.SendAsync(ada, ada, "lost")).Leased.DeliveryId;

        await directory.RestartAsync(() => RestoreAsync(directory, "--replace"));
        await directory.SendAsync(ada, ada, "after");

        Assert.True(Numbers(directory.Database).Single().Id > (long)lost);
    }

    [Fact]
    public async Task Restore_PairsThatTheBackupDoesNotKnow_BeginBeyondWhatWasGivenOutSince()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        await directory.RegisterAsync("ada");
        await BackUpAsync(directory);

        await directory.RestartAsync(() => RestoreAsync(directory, "--replace"));

        var first = DatabaseFile.Read(directory.Database, sql => sql.Scalar<byte[]>("SELECT value FROM settings WHERE name = 'first_sequence'"));
        Assert.InRange(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(first), 1 << 24, 1 << 26);
    }

    [Fact]
    public async Task Restore_WhileADirectoryRuns_IsRefusedAndChangesNothing()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        await directory.RegisterAsync("ada");
        await BackUpAsync(directory);
        await directory.RegisterAsync("bob");

        (await DirectoryCommand.RunAsync(directory.Database, "restore", Backup, "--replace")).AssertRefused("stop the Directory first");

        await directory.RegisterAsync("eve");
        Assert.Equal(["ada", "bob", "eve"], DatabaseFile.Names(directory.Database));
    }

    [Fact]
    public async Task Restore_OverADatabase_RefusesOrSetsItAsideWithItsLog()
    {
        var database = _folder.File("node/directory.db");
        await using (var directory = await DirectoryUnderTest.StartAttachedAsync())
        {
            await directory.RegisterAsync("ada");
            await BackUpAsync(directory);
            await directory.RegisterAsync("bob");
            Directory.CreateDirectory(_folder.File("node"));

            // As a killed Directory leaves them.
            File.Copy(directory.Database, database);
            File.Copy(directory.Database + "-wal", database + "-wal");
        }

        (await DirectoryCommand.RunAsync(database, "restore", Backup)).AssertRefused("--replace");
        var outcome = (await DirectoryCommand.RunAsync(database, "restore", Backup, "--replace")).AssertDone();

        var aside = Assert.Single(Directory.GetFiles(_folder.File("node"), "*.replaced-*"));
        Assert.Contains($"the database before: {aside}", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["ada", "bob"], DatabaseFile.Names(aside));
        Assert.Equal(["ada"], DatabaseFile.Names(database));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(database));
        using var next = Storage.DirectoryProgram.Start(database);
        await next.StartedAsync();
    }

    [Fact]
    public async Task Restore_OverADamagedDatabase_KeepsItsFilesAside()
    {
        await DatabaseFile.CreateAsync(_folder.File("a.db"));
        await DirectoryCommand.RunAsync(_folder.File("a.db"), "backup", Backup);
        await File.WriteAllTextAsync(_folder.File("directory.db"), "damaged");
        await File.WriteAllTextAsync(_folder.File("directory.db-wal"), "its log");

        (await DirectoryCommand.RunAsync(_folder.File("directory.db"), "restore", Backup, "--replace")).AssertDone();

        Assert.Equal(
            ["damaged", "its log"],
            Directory.GetFiles(_folder.Path, "directory.db.replaced-*").Order(StringComparer.Ordinal).Select(File.ReadAllText));
        Assert.False(File.Exists(_folder.File("directory.db-wal")));
        Assert.Empty(DatabaseFile.Names(_folder.File("directory.db")));
    }

    [Fact]
    public async Task Restore_FromStandardInputOntoAnEmptyMachine_Works()
    {
        await using (var directory = await DirectoryUnderTest.StartAttachedAsync())
        {
            await directory.RegisterAsync("ada");
            await BackUpAsync(directory);
        }

        var database = _folder.File("new/machine/directory.db");
        (await DirectoryCommand.RunAsync(database, await File.ReadAllBytesAsync(Backup), "restore", "-")).AssertDone();

        Assert.Equal(["ada"], DatabaseFile.Names(database));
        Assert.Equal(
            ["directory.db", "directory.db.lock"],
            Directory.GetFiles(_folder.File("new/machine")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Restore_WhatIsNoBackup_IsRefusedAndTheDatabaseStays()
    {
        var database = _folder.File("directory.db");
        await DatabaseFile.CreateAsync(database);
        DatabaseFile.Change(_folder.File("other.db"), "CREATE TABLE x (y)");
        await DatabaseFile.CreateAsync(_folder.File("newer.db"));
        DatabaseFile.Change(_folder.File("newer.db"), "INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Later', '99')");
        await DatabaseFile.CreateLargeAsync(_folder.File("whole.db"), megabytes: 2);
        await DirectoryCommand.RunAsync(_folder.File("whole.db"), "backup", _folder.File("half.db"));
        using (var half = File.OpenWrite(_folder.File("half.db")))
        {
            half.SetLength(1 << 20);
        }

        await AssertRefusedAsync("nowhere.db", "there is no such file");
        await AssertRefusedAsync("other.db", "not the database of a NymDirectory node");
        await AssertRefusedAsync("newer.db", "newer version");
        await AssertRefusedAsync("half.db", "damaged");
        await AssertRefusedAsync("directory.db", "the database itself");
        Assert.Empty(DatabaseFile.Names(database));

        async Task AssertRefusedAsync(string backup, string reason)
        {
            (await DirectoryCommand.RunAsync(database, "restore", _folder.File(backup), "--replace")).AssertRefused(reason);
            Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
            Assert.Empty(Directory.GetFiles(_folder.Path, "*.replaced-*"));
        }
    }

    [Fact]
    public async Task Restore_Killed_LeavesTheDatabaseAsItWas()
    {
        await DatabaseFile.CreateLargeAsync(_folder.File("large.db"), megabytes: 60);
        await DirectoryCommand.RunAsync(_folder.File("large.db"), "backup", Backup);
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        await directory.RegisterAsync("bob");
        var folder = new DirectoryInfo(Path.GetDirectoryName(directory.Database)!);

        await directory.RestartAsync(async () =>
        {
            using var restore = DirectoryCommand.Start(directory.Database, "restore", Backup, "--replace");
            await restore.KillWhenAsync(() => folder.GetFiles("*.part").Any(draft => draft.Length > 4 << 20));
        });

        await directory.RegisterAsync("eve");
        Assert.Equal(["bob", "eve"], DatabaseFile.Names(directory.Database));
    }

    public void Dispose() => _folder.Dispose();

    private static List<(long Id, long Sequence)> Numbers(string file) =>
        DatabaseFile.Read(file, sql => sql.List("SELECT id, sequence FROM messages ORDER BY id", row => (row.GetInt64(0), row.GetInt64(1))));

    private async Task BackUpAsync(DirectoryUnderTest directory) =>
        (await DirectoryCommand.RunAsync(directory.Database, "backup", Backup)).AssertDone();

    private async Task RestoreAsync(DirectoryUnderTest directory, params string[] options) =>
        (await DirectoryCommand.RunAsync(directory.Database, ["restore", Backup, .. options])).AssertDone();
}
