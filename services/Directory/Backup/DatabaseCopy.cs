using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting.Commands;
using SQLitePCL;

namespace NymDirectory.DirectoryService.Backup;

/// <summary>
/// A copy of the database as it was after its latest commit, while others go on writing. VACUUM INTO and not SQLite's page-by-page
/// backup: the copy holds no free pages (nothing of what was deleted), has no write-ahead log beside it, and is made in one
/// read transaction that neither waits for the writer nor lets it wait.
/// </summary>
internal static class DatabaseCopy
{
    private const int BusySeconds = 5;

    /// <summary>Makes a checked copy; it still has to be placed.</summary>
    /// <param name="source">The database. It is only read.</param>
    /// <param name="target">The name that the copy is to get.</param>
    /// <exception cref="CommandFailedException">There is nothing that could be copied.</exception>
    public static FileDraft Make(string source, string target)
    {
        if (!File.Exists(source))
        {
            throw new CommandFailedException($"{source} cannot be copied: there is no such file");
        }

        var draft = FileDraft.Beside(target);
        try
        {
            Copy(source, draft.Path);
            Check(draft.Path);
            return draft;
        }
        catch (SqliteException e)
        {
            draft.Dispose();
            throw new CommandFailedException($"{source} cannot be copied: {Describe(e)}", e);
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }

    /// <summary>A connection to a file that is not the service's own.</summary>
    public static Statements Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            return new Statements(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite says no more than that it cannot open it.
    private static string Describe(SqliteException exception) => exception.SqliteErrorCode == raw.SQLITE_CANTOPEN
        ? "it cannot be opened (whose is it?)"
        : SqliteFailures.Describe(exception);

    private static void Copy(string source, string draft)
    {
        using var sql = Open(source, SqliteOpenMode.ReadOnly);
        NodeSchema.Require(sql, source);
        sql.Execute("VACUUM INTO $1", draft);
    }

    private static void Check(string draft)
    {
        using var sql = Open(draft, SqliteOpenMode.ReadOnly);
        if (sql.List("PRAGMA integrity_check(1)", row => row.GetString(0)) is not ["ok"]
            || sql.List("PRAGMA foreign_key_check", _ => true).Count > 0)
        {
            throw new CommandFailedException("the copy is damaged, so the database is: restore an older backup");
        }
    }
}
