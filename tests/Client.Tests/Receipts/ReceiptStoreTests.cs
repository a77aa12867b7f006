using Microsoft.Data.Sqlite;
using NymDirectory.Client.Receipts;
using NymDirectory.Client.Sqlite;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Receipts;

public sealed class ReceiptStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "new", "receipts.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Add_ReadBack_IsKnown(bool sqlite)
    {
        using var file = sqlite ? SqliteReceiptStore.Open(File) : null;
        IReceiptStore store = file is null ? new InMemoryReceiptStore() : file;
        Assert.False(await store.ContainsAsync(1, default));
        Assert.Null(await store.FindPositionAsync(7, default));

        await store.AddAsync([new Receipt([1, UInt128.MaxValue], 7, 41), new Receipt([3], 8, null)], default);

        Assert.True(await store.ContainsAsync(1, default));
        Assert.True(await store.ContainsAsync(UInt128.MaxValue, default));
        Assert.True(await store.ContainsAsync(3, default));
        Assert.False(await store.ContainsAsync(2, default));
        Assert.Equal(41, await store.FindPositionAsync(7, default));
        Assert.Null(await store.FindPositionAsync(8, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Add_Again_IsNoErrorAndTheLastPositionCounts(bool sqlite)
    {
        using var file = sqlite ? SqliteReceiptStore.Open(File) : null;
        IReceiptStore store = file is null ? new InMemoryReceiptStore() : file;
        await store.AddAsync([new Receipt([1], 7, 41)], default);
        await store.AddAsync([new Receipt([1, 2], 7, 3)], default);
        Assert.Equal(3, await store.FindPositionAsync(7, default));
        Assert.True(await store.ContainsAsync(2, default));
    }

    [Fact]
    public async Task Sqlite_OpenedAgain_KnowsAll()
    {
        using (var store = SqliteReceiptStore.Open(File))
        {
            await store.AddAsync([new Receipt([1, 2], 7, 41)], default);
        }

        using var again = SqliteReceiptStore.Open(File);
        Assert.True(await again.ContainsAsync(1, default));
        Assert.Equal(41, await again.FindPositionAsync(7, default));
    }

    [Fact]
    public async Task Sqlite_FilesOfAProcessThatIsGone_KnowAll()
    {
        using var store = SqliteReceiptStore.Open(File);
        await store.AddAsync([new Receipt([1, 2], 7, 41)], default);

        // What lies on the disk while it is open is what a loss of power leaves.
        var copy = Path.Combine(_folder.Path, "copy.db");
        foreach (var suffix in new[] { "", "-wal" })
        {
            System.IO.File.Copy(File + suffix, copy + suffix);
        }

        using var after = SqliteReceiptStore.Open(copy);
        Assert.True(await after.ContainsAsync(2, default));
        Assert.Equal(41, await after.FindPositionAsync(7, default));
    }

    [Fact]
    public async Task Sqlite_MoreThanItKeeps_ForgetsTheOldest()
    {
        using var store = SqliteReceiptStore.Open(File, capacity: 3);
        for (UInt128 i = 1; i <= 5; i++)
        {
            await store.AddAsync([new Receipt([i], 7, (long)i)], default);
        }

        Assert.False(await store.ContainsAsync(2, default));
        Assert.True(await store.ContainsAsync(3, default));
        Assert.True(await store.ContainsAsync(5, default));
        Assert.Equal(5, await store.FindPositionAsync(7, default));
    }

    [Fact]
    public async Task InMemory_MoreThanItKeeps_ForgetsTheOldest()
    {
        var store = new InMemoryReceiptStore();
        await store.AddAsync([.. Enumerable.Range(1, 20_001).Select(i => new Receipt([(UInt128)i], 7, i))], default);
        Assert.False(await store.ContainsAsync(1, default));
        Assert.True(await store.ContainsAsync(2, default));
    }

    [Fact]
    public async Task Sqlite_Failure_AddsNone()
    {
        using var store = SqliteReceiptStore.Open(File);
        await store.AddAsync([new Receipt([1], 7, 41)], default);
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using var trigger = other.CreateCommand();
            trigger.CommandText =
                "CREATE TRIGGER full BEFORE INSERT ON marks WHEN NEW.mark = x'00000000000000000000000000000003' BEGIN SELECT RAISE(ABORT, 'full'); END";
            trigger.ExecuteNonQuery();
        }

        await Assert.ThrowsAsync<SqliteException>(() => store.AddAsync([new Receipt([2], 7, 42), new Receipt([3], 7, 43)], default).AsTask());

        Assert.False(await store.ContainsAsync(2, default));
        Assert.Equal(41, await store.FindPositionAsync(7, default));
        await store.AddAsync([new Receipt([4], 7, 44)], default);
        Assert.True(await store.ContainsAsync(4, default));
    }

    [Fact]
    public void Sqlite_FileOfANewerVersion_IsRefused()
    {
        SqliteReceiptStore.Open(File).Dispose();
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using var newer = other.CreateCommand();
            newer.CommandText = "PRAGMA user_version = 2";
            newer.ExecuteNonQuery();
        }

        Assert.Contains("version 2", Assert.Throws<NotSupportedException>(() => SqliteReceiptStore.Open(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sqlite_NoDatabase_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, new string('x', 4096));
        Assert.Throws<SqliteException>(() => SqliteReceiptStore.Open(File));
    }
}
