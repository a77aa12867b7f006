using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

/// <summary>Starts the real program.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_NotADatabase_OneLineAndExitCodeOne()
    {
        await File.WriteAllTextAsync(_folder.File("directory.db"), new string('x', 8192));
        await AssertRefusedAsync("the file is not a database");
    }

    [Fact]
    public async Task Start_FolderIsAFile_OneLineAndExitCodeOne()
    {
        await File.WriteAllTextAsync(_folder.File("sub"), "in the way");
        using var program = DirectoryProgram.Start(_folder.File("sub/directory.db"));
        Assert.Equal(1, await program.ExitCodeAsync());
        Assert.Single(program.ErrorLines);
    }

    [Fact]
    public async Task Start_InUseByAnotherDirectory_OneLineAndExitCodeOne()
    {
        using var held = await DatabaseLock.TakeAsync(_folder.File("directory.db.lock"), TimeSpan.Zero, TimeProvider.System, default);
        await AssertRefusedAsync("another Directory has it in use");
    }

    [Fact]
    public async Task Start_LockedByAnotherProgram_OneLineAndExitCodeOne()
    {
        using var other = new SqliteConnection($"Data Source={_folder.File("directory.db")};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "CREATE TABLE x (y); BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();
        await AssertRefusedAsync("another program has it locked");
    }

    [Theory]
    [InlineData("--Mailbox:MaxMessages=0")]
    [InlineData("--Storage:QueueCapacity=1")]
    [InlineData("--ConnectionStrings:Directory=Data Source=:memory:")]
    [InlineData("--ConnectionStrings:Directory=nonsense")]
    public async Task Start_ConfigurationThatCannotWork_OneLineAndExitCodeOne(string argument)
    {
        using var program = DirectoryProgram.Start(_folder.File("directory.db"), argument);
        Assert.Equal(1, await program.ExitCodeAsync());
        Assert.Single(program.ErrorLines);

        // Nor has it made or changed a database that it then does not serve.
        Assert.False(File.Exists(_folder.File("directory.db")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12_000)]
    [InlineData(24_000)]
    [InlineData(64_000)]
    public async Task Start_KilledInTheFirstMigration_TheNextStartWorks(int bytesWritten)
    {
        var database = _folder.File("directory.db");
        using (var killed = DirectoryProgram.Start(database))
        {
            // The log grows while tables are made: each of these is another moment.
            var log = new FileInfo(database + "-wal");
            SpinWait.SpinUntil(() => killed.HasExited || Grown(log, bytesWritten), TimeSpan.FromSeconds(20));
            killed.Kill();
            await killed.ExitCodeAsync();
        }

        using var next = DirectoryProgram.Start(database);
        await next.StartedAsync();
    }

    [Fact]
    public async Task Start_EndedInTheFirstMigration_IsACleanEndAndLeavesNobodyAtTheDatabase()
    {
        const int Attempts = 5;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // The moment is short: once it has passed, it was an ordinary end.
            if (!await HadStartedBeforeItsEndAsync(_folder.File($"directory{attempt}.db")))
            {
                return;
            }
        }

        Assert.Fail("The moment was always missed.");
    }

    private static async Task<bool> HadStartedBeforeItsEndAsync(string database)
    {
        using var ended = DirectoryProgram.Start(database);
        var log = new FileInfo(database + "-wal");
        Assert.True(SpinWait.SpinUntil(() => Grown(log, 1), TimeSpan.FromSeconds(60)));
        await ended.TerminateAsync();
        Assert.Equal(0, await ended.ExitCodeAsync());
        Assert.Empty(ended.ErrorLines);
        using (await DatabaseLock.TakeAsync(database + ".lock", TimeSpan.Zero, TimeProvider.System, default))
        {
        }

        using var next = DirectoryProgram.Start(database);
        await next.StartedAsync();
        return ended.Log.Contains("Application started", StringComparison.Ordinal);
    }

    private static bool Grown(FileInfo log, int bytes)
    {
        log.Refresh();
        return log.Exists && log.Length >= bytes;
    }

    private async Task AssertRefusedAsync(string reason)
    {
        using var program = DirectoryProgram.Start(_folder.File("directory.db"), "--Storage:LockTimeoutSeconds=0");
        Assert.Equal(1, await program.ExitCodeAsync());
        Assert.EndsWith(reason, Assert.Single(program.ErrorLines), StringComparison.Ordinal);
    }
}
