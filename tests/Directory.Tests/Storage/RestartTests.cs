using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.TestKit;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class RestartTests
{
    [Fact]
    public async Task Start_OnTheSameFile_EverythingIsStillThere()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob");
        var first = DirectoryUnderTest.NewMessage(ada, bob, "1");
        var leased = (await directory.AcceptAsync(first)).Leased;
        await directory.SendAsync(ada, bob, "2");

        await directory.RestartAsync();

        Assert.Equal(2, directory.Get<DirectoryStore>().Depth);
        Assert.Equal(leased, (await directory.AcceptAsync(first)).Leased);
        Assert.Equal(1u, await directory.SettleAsync(Fate.Taken, leased));
        Assert.Equal(Arrived.Settled, (await directory.AcceptAsync(first)).OutcomeCase);
        Assert.Equal("2", DirectoryUnderTest.Text(Assert.Single(await directory.LeaseDueAsync())));
        directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Sequence_OfEachPair_GrowsByOneAlsoOverARestart()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob", "ack");
        await directory.SendAsync(ada, bob, "1");
        await directory.SendAsync(bob, bob, "other sender");
        await directory.SettleAsync(Fate.Taken, (await directory.SendAsync(bob, ada, "other way")).Leased);
        await directory.SendAsync(ada, bob, "2");
        await directory.RestartAsync();
        await directory.SendAsync(ada, bob, "3");

        var sequences = await directory.Get<DirectoryStore>().ReadAsync(
            sql => sql.List("SELECT sequence FROM messages ORDER BY id", row => row.GetInt64(0)), default);

        Assert.Equal([1, 1, 2, 3], sequences);
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Start_NewDatabase_IsWrittenAsItWasAskedFor()
    {
        await using var directory = await DirectoryUnderTest.StartAsync();
        var location = directory.Get<DatabaseLocation>();
        using var writer = new Statements(location.OpenForWriting());

        Assert.Equal("wal", writer.Scalar<string>("PRAGMA journal_mode"));
        Assert.Equal(2, writer.Scalar<long>("PRAGMA synchronous"));
        Assert.Equal(1, writer.Scalar<long>("PRAGMA secure_delete"));
        Assert.Equal(1, writer.Scalar<long>("PRAGMA foreign_keys"));
        Assert.Equal(0, writer.Scalar<long>("PRAGMA wal_autocheckpoint"));
        Assert.All(
            [location.File, location.WriteAheadLog],
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Start_ThePredecessorMigratedAndDied_ItsLockRowIsCleared()
    {
        using var folder = new TemporaryFolder();
        var location = new DatabaseLocation($"Data Source={folder.File("directory.db")}");
        using (var sql = new Statements(location.OpenForWriting()))
        {
            sql.Execute("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
            sql.Execute("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-05-01 12:00:00')");
        }

        await using var service = await ServiceUnderTest.StartAsync(
            DirectoryApp.Build, [$"--ConnectionStrings:Directory=Data Source={location.File}"]).Within();

        service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Schema_AfterDeliveries_HoldsNoPairAndNoContent()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("canary-sender");
        var bob = await directory.RegisterAsync("canary-recipient", "ack");
        var delivery = (await directory.SendAsync(ada, bob, "canary-content")).Leased;
        await directory.SettleAsync(Fate.Taken, delivery);
        await directory.AcknowledgeAsync(bob.Route, delivery);
        await directory.Service.StopAsync();

        var bytes = await File.ReadAllBytesAsync(directory.Database);
        Assert.True(bytes.AsSpan().IndexOf("canary-recipient"u8) > 0);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("canary-content"u8));
        using var sql = new Statements(directory.Get<DatabaseLocation>().OpenForWriting());
        var columns = sql.List(
            "SELECT m.name || '.' || p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'",
            row => row.GetString(0));
        Assert.DoesNotContain(columns, column => column.Contains("sender", StringComparison.Ordinal));
        Assert.Equal(0, sql.Scalar<long>("SELECT COUNT(*) FROM messages"));
        Assert.Equal(1, sql.Scalar<long>("SELECT COUNT(*) FROM sequences WHERE LENGTH(pair) = 16"));
    }

    [Fact]
    public async Task Logs_OfAWholeConversation_HoldNoCanary()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("canary-ada");
        await directory.LogInAsync(ada);
        await directory.ResumeAsync(ada);
        await directory.SendAsync(ada, ada, "canary-content");
        await directory.BeginLoginAsync("canary-unknown", directory.NewRoute());
        await BrokenContract.AssertAsync(() => directory.SendAsync(ada, ada, ""));

        var logs = directory.Service.Logs.Text;

        Assert.DoesNotContain("canary", logs, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexString(ada.Route.SealedTag.Span), logs, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(ada.Route.SealedTag.ToBase64(), logs, StringComparison.Ordinal);
    }
}
