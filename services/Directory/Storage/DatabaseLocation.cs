using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Where the database is, and how connections to it are made.</summary>
internal sealed class DatabaseLocation
{
    public const string ConnectionName = "Directory";
    public const string Default = "Data Source=data/directory.db";

    // As long as busy_timeout below.
    private const int BusySeconds = 5;

    private readonly SqliteConnectionStringBuilder _connection;

    static DatabaseLocation()
    {
        // Each connection is used by one thread at a time: it need not take a mutex for every column that is read, nor another for each
        // piece of memory, which only counts how much is in use. Once SQLite has begun to work this is refused, and changes nothing.
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <exception cref="ArgumentException">Not a connection string for a file.</exception>
    public DatabaseLocation(string? connectionString)
    {
        _connection = new SqliteConnectionStringBuilder(string.IsNullOrWhiteSpace(connectionString) ? Default : connectionString);
        if (_connection.DataSource.Length == 0 || _connection.DataSource.StartsWith(':') || _connection.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            throw new ArgumentException("ConnectionStrings__Directory must name a file: 'Data Source=<path>'.", nameof(connectionString));
        }

        _connection.DataSource = Path.GetFullPath(_connection.DataSource);

        // Connections live as long as the service; the provider's pool would keep the file open beyond it.
        _connection.Pooling = false;

        // Nobody but us should be in there; the provider would try a locked database for 30 s.
        _connection.DefaultTimeout = BusySeconds;
    }

    public string File => _connection.DataSource;

    public string LockFile => File + ".lock";

    public string WriteAheadLog => File + "-wal";

    public string ConnectionString => _connection.ToString();

    // While the log is emptied the writer waits a moment: SQLite looks again after a millisecond. What one statement would take back is kept in memory, or
    // it would be a file, made and removed each time. What is read again soon fits 8 MB of pages: the inner ones of a million users' tables, and what is under way. The rest is the
    // operating system's to keep.
    public SqliteConnection OpenForWriting() => Open(SqliteOpenMode.ReadWriteCreate, """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA secure_delete=ON;
        PRAGMA foreign_keys=ON;
        PRAGMA wal_autocheckpoint=0;
        PRAGMA temp_store=MEMORY;
        PRAGMA cache_size=-8192;
        PRAGMA busy_timeout=5000;
        """);

    // A checkpoint copies pages into the database: it needs the same promise of durability.
    public SqliteConnection OpenForCheckpoints() => Open(SqliteOpenMode.ReadWrite, """
        PRAGMA busy_timeout=50;
        PRAGMA synchronous=FULL;
        PRAGMA wal_autocheckpoint=0;
        """);

    public SqliteConnection OpenForReading() => Open(SqliteOpenMode.ReadOnly, "PRAGMA query_only=ON; PRAGMA busy_timeout=5000;");

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Mode = mode }.ToString());
        try
        {
            connection.Open();

            // Plans are made for the statement, not for what is bound to it: SQLite looks at a bound LIMIT, too, and would prepare the
            // statement anew each time.
            raw.sqlite3_db_config(connection.Handle!, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
