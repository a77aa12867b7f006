using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Backup;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting.Commands;
using SQLitePCL;

namespace NymDirectory.DirectoryService.Import;

/// <summary>The SQLite file of an existing nymDirectory: <c>users(username, publicKey, senderTag)</c>, <c>groups(groupID, userList)</c>. Only read.</summary>
internal sealed class OldDirectory : IDisposable
{
    // No more at once than fit into the smallest queue of writes that can be configured.
    private const string Users = "SELECT rowid, username, publicKey FROM users WHERE rowid > $1 ORDER BY rowid LIMIT 64";

    private const string HasGroups = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'groups'";

    private readonly string _file;
    private readonly Statements _sql;

    private OldDirectory(string file, Statements sql) => (_file, _sql) = (file, sql);

    /// <exception cref="CommandFailedException">It is not such a file, or cannot be read.</exception>
    public static OldDirectory Open(string file)
    {
        if (!File.Exists(file))
        {
            throw new CommandFailedException($"{file} cannot be read: there is no such file");
        }

        return new OldDirectory(file, Guard(file, () => DatabaseCopy.Open(file, SqliteOpenMode.ReadOnly)));
    }

    /// <summary>The users in the order of their rows, some at once.</summary>
    /// <exception cref="CommandFailedException">The file is damaged from here on, or has no such table.</exception>
    public IEnumerable<IReadOnlyList<OldUser>> ReadUsers()
    {
        for (var last = long.MinValue; ;)
        {
            var from = last;
            var users = Guard(_file, () => _sql.List(Users, row => new OldUser(row.GetInt64(0), row.GetValue(1), row.GetValue(2)), from));
            if (users.Count == 0)
            {
                yield break;
            }

            yield return users;
            last = users[^1].Row;
        }
    }

    /// <summary>Throws unless there is a table of users.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public void RequireUsers() => Guard(_file, () => _sql.List(Users, _ => true, long.MaxValue));

    /// <summary>How many groups it knows.</summary>
    /// <exception cref="CommandFailedException">The file is damaged.</exception>
    public long CountGroups() => Guard(
        _file, () => _sql.Scalar<long>(HasGroups) == 0 ? 0 : _sql.Scalar<long>("SELECT COUNT(*) FROM groups"));

    public void Dispose() => _sql.Dispose();

    private static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            // SQLite's own message would name what it found in the file.
            throw new CommandFailedException($"{file} cannot be read: {Describe(e)}", e);
        }
    }

    private static string Describe(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_ERROR => "it has no table users as a nymDirectory makes it",
        raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY => "it cannot be opened (whose is it, and did its server end by itself?)",
        _ => SqliteFailures.Describe(exception),
    };
}
