using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Which errors of SQLite concern one statement, and which the whole transaction or the file.</summary>
internal static class SqliteFailures
{
    /// <summary>After these SQLite may have rolled back by itself, and the next statement would meet the same.</summary>
    public static bool EndsTransaction(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_BUSY or raw.SQLITE_LOCKED
            or raw.SQLITE_READONLY or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_INTERRUPT
    };

    /// <summary>What to tell an operator at the start, without the file's contents.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB } => "the file is not a database",
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT } => "the file is damaged",
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM } => "it cannot be written",
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => "another program has it locked",
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => "the disk is full",
        SqliteException e => $"SQLite error {e.SqliteErrorCode}",
        UnauthorizedAccessException => "access is denied",
        _ => exception.Message,
    };
}
