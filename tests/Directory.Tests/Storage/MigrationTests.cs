using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Schema;
using NymDirectory.DirectoryService.Tests.CommandLine;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public async Task KeepUntilAcknowledged_OnADatabaseWithMessages_KeepsThemAndNeverUsesAnIdAgain()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("directory.db");
        using var key = SigningKey.Generate();
        await MakeInitialAsync(database, key);

        await using var directory = await DirectoryUnderTest.StartOnAsync(database);
        var bob = new TestUser("bob", key, directory.NewRoute());
        await directory.AttachAsync();
        await directory.LogInAsync(bob, "ack");
        await directory.ResumeAsync(bob);

        var waiting = Assert.Single(await directory.LeaseDueAsync());
        Assert.Equal((41ul, 7ul, "waits"), (waiting.DeliveryId, waiting.Sequence, DirectoryUnderTest.Text(waiting)));
        await directory.SettleAsync(Fate.Taken, waiting);
        Assert.Equal(1u, await directory.AcknowledgeAsync(bob.Route, waiting));

        var next = (await directory.SendAsync(bob, bob, "next")).Leased;
        Assert.Equal(100ul, next.DeliveryId);
        Assert.Equal(0, await directory.Get<DirectoryStore>().ReadAsync(sql => sql.Scalar<long>("SELECT COUNT(*) FROM sequences WHERE day < 20000"), default));
        await directory.AssertCountersAsync();
        directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Start_NewDatabase_IsMadeBesideTheService()
    {
        using var folder = new TemporaryFolder();
        await AssertMigratedBesideTheServiceAsync(folder.File("sub/directory.db"));
    }

    [Fact]
    public async Task Start_OlderDatabase_IsMigratedBesideTheService()
    {
        using var folder = new TemporaryFolder();
        using var key = SigningKey.Generate();
        await MakeInitialAsync(folder.File("directory.db"), key);
        await AssertMigratedBesideTheServiceAsync(folder.File("directory.db"));
    }

    [Fact]
    public async Task Start_MigrationBesideTheServiceFails_TheServiceDoesIt()
    {
        using var folder = new TemporaryFolder();
        using var held = await DatabaseLock.TakeAsync(folder.File("directory.db.lock"), TimeSpan.Zero, TimeProvider.System, default);
        using var program = DirectoryProgram.Start(folder.File("directory.db"), "--Storage:LockTimeoutSeconds=60");
        await Eventually.True(
            () => program.Log.Contains("was not made or migrated by a process of its own (exit code 1)", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        held.Dispose();
        await program.StartedAsync();

        Assert.Contains("EntityFrameworkCore", await File.ReadAllTextAsync($"/proc/{program.Id}/maps"), StringComparison.Ordinal);
        Assert.True(DatabaseFile.Read(folder.File("directory.db"), SchemaVersion.IsUpToDate));
        Assert.Empty(program.ErrorLines);
    }

    [Fact]
    public async Task Start_EnvironmentNamesAnotherDatabase_OnlyTheServicesOwnIsMade()
    {
        using var folder = new TemporaryFolder();
        using var program = DirectoryProgram.StartUnder(["env", $"CONNECTIONSTRINGS__DIRECTORY=Data Source={folder.File("other.db")}"], folder.File("directory.db"));
        await program.StartedAsync();

        Assert.True(DatabaseFile.Read(folder.File("directory.db"), SchemaVersion.IsUpToDate));
        Assert.False(File.Exists(folder.File("other.db")));
    }

    [Fact]
    public async Task Migrate_TwiceAndBesideADirectory_MakesItOnceAndIsRefused()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("directory.db");

        (await DirectoryCommand.RunAsync(database, "migrate")).AssertDone();
        Assert.True(DatabaseFile.Read(database, SchemaVersion.IsUpToDate));
        (await DirectoryCommand.RunAsync(database, "migrate")).AssertDone();

        using var held = await DatabaseLock.TakeAsync(database + ".lock", TimeSpan.Zero, TimeProvider.System, default);
        (await DirectoryCommand.RunAsync(database, "migrate", "--Storage:LockTimeoutSeconds=0")).AssertRefused("another Directory has it in use");
    }

    [Fact]
    public async Task Migrations_AllOfThem_MakeWhatTheModelSays()
    {
        await using var directory = await DirectoryUnderTest.StartAsync();
        await using var context = Context(directory.Database);

        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        var columns = await directory.Get<DirectoryStore>().ReadAsync(
            sql => sql.List("SELECT name FROM pragma_table_info('messages')", row => row.GetString(0)), default);
        Assert.Equal("content", columns[^1]);
    }

    [Fact]
    public void Latest_IsTheLastMigration()
    {
        using var context = Context("none.db");
        Assert.Equal(SchemaVersion.Latest, context.Database.GetMigrations().Last());
    }

    /// <summary>What EF Core needs would stay in the memory of the service that loaded it.</summary>
    private static async Task AssertMigratedBesideTheServiceAsync(string database)
    {
        using var program = DirectoryProgram.Start(database);
        await program.StartedAsync();

        var loaded = await File.ReadAllTextAsync($"/proc/{program.Id}/maps");
        Assert.Contains("Microsoft.Data.Sqlite.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("EntityFrameworkCore", loaded, StringComparison.Ordinal);
        Assert.True(DatabaseFile.Read(database, SchemaVersion.IsUpToDate));
        Assert.Empty(program.ErrorLines);
    }

    /// <summary>As the first version left it: a message waits, 99 have gone.</summary>
    private static async Task MakeInitialAsync(string database, SigningKey key)
    {
        var location = new DatabaseLocation($"Data Source={database}");
        location.OpenForWriting().Dispose();
        await using (var context = Context(database))
        {
            await context.GetService<IMigrator>().MigrateAsync("20261123164014_Initial");
        }

        using var sql = new Statements(location.OpenForWriting());
        sql.Execute(
            "INSERT INTO accounts (id, username, public_key_spki, key_id, created_day, last_login_day, features) VALUES (1, 'bob', $1, $2, 20000, 20000, 0)",
            key.PublicKey.SubjectPublicKeyInfo.ToArray(), key.PublicKey.KeyId.ToArray());
        sql.Execute(
            "INSERT INTO mailboxes (account_id, held_until, leased_until, leased_count, message_count, byte_count) VALUES (1, 0, 0, 0, 1, 5)");
        sql.Execute("INSERT INTO sequences (pair, next) VALUES (RANDOMBLOB(16), 8)");
        sql.Execute("""
            INSERT INTO messages (id, recipient_id, sequence, content_hash, accepted_day, next_attempt_at, attempts, leased_until, content)
            VALUES (41, 1, 7, RANDOMBLOB(16), 20573, 0, 0, 0, CAST('waits' AS BLOB))
            """);
        sql.Execute("UPDATE sqlite_sequence SET seq = 99 WHERE name = 'messages'");
    }

    private static DirectoryContext Context(string database) =>
        new(new DbContextOptionsBuilder<DirectoryContext>().UseSqlite($"Data Source={database};Pooling=False").Options);
}
