using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NymDirectory.Load.Soak.Node;

/// <summary>What is on the Directory's disk after everything has stopped. It counts what kills have taken from the counters, too.</summary>
/// <param name="Accepted">Contents that were accepted: one row each, kept for a year; what is refused leaves none.</param>
/// <param name="Waiting">Messages that are still kept for somebody.</param>
/// <param name="Integrity">What SQLite says of the file.</param>
internal sealed record MailboxCounts(long Accepted, long Waiting, string Integrity)
{
    public static MailboxCounts Read(string database)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return new MailboxCounts(
            Number(connection, "SELECT COUNT(*) FROM accepted_contents"),
            Number(connection, "SELECT COUNT(*) FROM messages"),
            Text(connection, "PRAGMA integrity_check"));
    }

    private static long Number(SqliteConnection connection, string query) => long.Parse(Text(connection, query), CultureInfo.InvariantCulture);

    private static string Text(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are the constants above.
        command.CommandText = query;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }
}
