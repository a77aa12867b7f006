using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;
using NymDirectory.TestKit;
using SQLitePCL;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class StatementsTests : IDisposable
{
    // SQLITE_STMTSTATUS_REPREPARE and SQLITE_STMTSTATUS_RUN in sqlite3.h.
    private const int Reprepared = 5;
    private const int Runs = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void First_EveryKindOfValue_IsBoundAsWhatItIs()
    {
        using var sql = new Statements(Location.OpenForWriting());

        var kinds = sql.First(
            """
            SELECT concat_ws(' ', typeof($1), typeof($2), typeof($3), typeof($4), typeof($5), typeof($6), typeof($7), typeof($8)), $9, $10, $11, $4, $12
            """,
            row => (
                Types: row.GetString(0), Number: row.GetInt64(1), Flag: row.GetBoolean(2), Bytes: row.GetBytes(3), Text: row.GetString(4),
                Small: row.GetInt32(5)),
            1L, 2, true, "ä\u0001€", new byte[] { 1 }, Array.Empty<byte>(), (long?)null, (string?)null,
            long.MinValue, false, new byte[] { 0, 255 }, int.MinValue);

        Assert.Equal("integer integer integer text blob blob null null", kinds.Types);
        Assert.Equal(long.MinValue, kinds.Number);
        Assert.False(kinds.Flag);
        Assert.Equal("ä\u0001€", kinds.Text);
        Assert.Equal(int.MinValue, kinds.Small);
        Assert.Equal([0, 255], kinds.Bytes);
    }

    [Fact]
    public void Scalar_PartOfABuffer_IsAllThatIsBound()
    {
        using var sql = new Statements(Location.OpenForWriting());

        var bytes = sql.Scalar<byte[]>("SELECT $1", (ReadOnlyMemory<byte>)new byte[] { 1, 2, 3, 4 }.AsMemory(1, 2));

        Assert.Equal([2, 3], bytes!);
    }

    [Fact]
    public void Insert_TellsTheNumberOfItsRow()
    {
        using var sql = new Statements(Location.OpenForWriting());
        sql.Execute("CREATE TABLE rows (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL)");
        sql.Execute("INSERT INTO rows (id, text) VALUES (41, 'before')");

        Assert.Equal(42, sql.Insert("INSERT INTO rows (text) VALUES ($1)", "one"));
        Assert.Equal(43, sql.Insert("INSERT INTO rows (text) VALUES ($1)", "two"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_LimitThatChanges_IsPreparedOnce(bool forWriting)
    {
        await using var directory = await DirectoryUnderTest.StartAsync();
        var location = directory.Get<DatabaseLocation>();
        var connection = forWriting ? location.OpenForWriting() : location.OpenForReading();
        connection.Handle!.enable_sqlite3_next_stmt(true);
        using var sql = new Statements(connection);

        for (var limit = 1; limit <= 5; limit++)
        {
            Assert.Empty(sql.List(MessageChoice.WaitingMessages, row => row.GetInt64(0), 1, 2, 3, limit));
        }

        var waiting = raw.sqlite3_next_stmt(connection.Handle!, null!);
        while (raw.sqlite3_sql(waiting).utf8_to_string() != MessageChoice.WaitingMessages)
        {
            waiting = raw.sqlite3_next_stmt(connection.Handle!, waiting);
        }

        Assert.Equal(5, raw.sqlite3_stmt_status(waiting, Runs, 0));
        Assert.Equal(0, raw.sqlite3_stmt_status(waiting, Reprepared, 0));
    }

    private DatabaseLocation Location => new($"Data Source={_folder.Path}/test.db");
}
