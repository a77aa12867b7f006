using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace NymDirectory.Client.Sqlite;

/// <summary>The tables, and how the file is written.</summary>
internal static class ReceiptSchema
{
    private const long Version = 1;

    // FULL: a receipt is acknowledged to the node right after, and must not be undone by a loss of power.
    private const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;";

    private const string Tables = """
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS marks (number INTEGER PRIMARY KEY AUTOINCREMENT, mark BLOB NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS positions (sender BLOB PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;
        PRAGMA user_version = 1;
        COMMIT;
        """;

    /// <summary>Makes the tables in a new file; refuses one of a later version.</summary>
    public static void Ensure(SqliteConnection connection)
    {
        Run(connection, Settings);
        var version = (long)Scalar(connection, "PRAGMA user_version")!;
        if (version > Version)
        {
            throw new NotSupportedException($"The file of receipts has version {version}, made by a newer version of this library; this one knows {Version}.");
        }

        if (version < Version)
        {
            Run(connection, Tables);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The texts are constants of this file.")]
    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    [SuppressMessage("Security", "CA2100", Justification = "The texts are constants of this file.")]
    private static object? Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
