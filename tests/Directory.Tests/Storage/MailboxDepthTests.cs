using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Tests.CommandLine;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class MailboxDepthTests
{
    // Several stretches, so that something can happen between them.
    private const int Mailboxes = 50_000;

    private const string Fill = """
        WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 50000)
        INSERT INTO mailboxes (account_id, held_until, leased_until, leased_count, taken_count, probes, retry_at, message_count, byte_count)
        SELECT id, 0, 0, 0, 0, 0, 0, 3, 0 FROM ids
        """;

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
        await depth.Counting.Within();

        Assert.Equal(4, depth.Value);
    }

    [Fact]
    public async Task Value_CommitWhileManyAreCounted_IsCountedOnceAndAbsentUntilAllAre()
    {
        using var folder = new TemporaryFolder();
        var location = await FilledAsync(folder);
        using var writer = new Statements(location.OpenForWriting());

        // The commit is there before the first mailboxes are counted, or the last ones: several times, since who is first is up to the threads.
        writer.Execute("PRAGMA synchronous=OFF");
        for (var round = 1; round <= 30; round++)
        {
            writer.Execute("BEGIN IMMEDIATE");
            writer.Execute("UPDATE mailboxes SET message_count = message_count + 1 WHERE account_id IN (1, $1)", Mailboxes);
            using var depth = new MailboxDepth(location, exception => Assert.Fail(exception.Message));
            writer.Execute("COMMIT");
            depth.Change(2);

            var early = depth.Value;
            await depth.Counting.Within();

            long expected = (3 * Mailboxes) + (2 * round);
            Assert.Equal(expected, depth.Value);
            Assert.Equal(expected, early ?? expected);
        }
    }

    [Fact]
    public async Task Counting_Fails_IsToldAndNothingIsKnown()
    {
        using var folder = new TemporaryFolder();
        var database = folder.File("directory.db");
        await DatabaseFile.CreateAsync(database);
        DatabaseFile.Change(database, "PRAGMA foreign_keys=OFF", "DROP TABLE mailboxes");
        var failures = new List<SqliteException>();

        using var depth = new MailboxDepth(new DatabaseLocation($"Data Source={database}"), failures.Add);
        await depth.Counting.Within();

        Assert.Single(failures);
        Assert.Null(depth.Value);
    }

    [Fact]
    public async Task Dispose_InTheMiddle_EndsAndKnowsNoPart()
    {
        using var folder = new TemporaryFolder();
        var location = await FilledAsync(folder);
        for (var round = 0; round < 10; round++)
        {
            var depth = new MailboxDepth(location, exception => Assert.Fail(exception.Message));
            depth.Dispose();

            // It may have been faster.
            Assert.True(depth.Counting.IsCompletedSuccessfully);
            Assert.True(depth.Value is null or 3 * Mailboxes, $"{depth.Value} are not all");
        }
    }

    private static async Task<DatabaseLocation> FilledAsync(TemporaryFolder folder)
    {
        var database = folder.File("directory.db");
        await DatabaseFile.CreateAsync(database);
        DatabaseFile.Change(database, "PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", Fill);
        return new DatabaseLocation($"Data Source={database}");
    }
}
