using System.Globalization;
using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Backup;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.Restore;

/// <summary>The database that a restore replaces. It is kept: a backup may turn out to be the wrong one.</summary>
internal static class ReplacedDatabase
{
    private const string LogSuffix = "-wal";
    private const string IndexSuffix = "-shm";

    /// <summary>Gives it a further name, and its write-ahead log too if that cannot be put into it.</summary>
    /// <returns>That name.</returns>
    public static string SetAside(DatabaseLocation location, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var aside = $"{location.File}.replaced-{stamp}";
        Add(location.File, aside);

        // Before SQLite sees them: it throws away the log of a database that was cut short.
        if (File.Exists(location.WriteAheadLog))
        {
            Add(location.WriteAheadLog, aside + LogSuffix);
        }

        FileNames.SyncFolder(Path.GetDirectoryName(location.File)!);
        if (TryFoldLog(location.File))
        {
            File.Delete(aside + LogSuffix);
        }

        return aside;
    }

    /// <summary>Before the name changes hands: SQLite would read the log of the old database into the new one.</summary>
    public static void RemoveLog(DatabaseLocation location)
    {
        File.Delete(location.WriteAheadLog);
        File.Delete(location.File + IndexSuffix);
        FileNames.SyncFolder(Path.GetDirectoryName(location.File)!);
    }

    // A Directory that was killed leaves commits in the log. It is the same file under both names.
    private static bool TryFoldLog(string database)
    {
        try
        {
            using var sql = DatabaseCopy.Open(database, SqliteOpenMode.ReadWrite);
            return sql.Scalar<string>("PRAGMA journal_mode=DELETE") == "delete";
        }
        catch (SqliteException)
        {
            // It is replaced; that it cannot be read any more may be the reason.
            return false;
        }
    }

    private static void Add(string existing, string name)
    {
        if (!FileNames.TryLink(existing, name))
        {
            throw new CommandFailedException($"{name} exists: try again");
        }
    }
}
