using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Backup;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage;

namespace NymDirectory.DirectoryService.Restore;

/// <summary>
/// A backup says how things were. What it says about the world outside is no longer true: who holds a lease, which gateway is there, on
/// which tag a user is reached. A message sent down such a route would be lost, so none goes anywhere before its recipient shows that
/// they are there.
/// </summary>
internal static class RestoredState
{
    // The tag is kept: a valid send on it proves that its client is still there, and renews the route. A login replaces it.
    private const string EndRoutes = "UPDATE accounts SET route_run = $1 WHERE route_run IS NOT NULL";

    private const string ForgetGateways = "DELETE FROM gateways";

    private const string SkipSequences = "UPDATE sequences SET next = next + $1";

    private const string FirstSequence = "SELECT value FROM settings WHERE name = 'first_sequence'";

    private const string SetFirstSequence =
        "INSERT INTO settings (name, value) VALUES ('first_sequence', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private const string NoteMessageIds =
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'messages', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'messages')";

    private const string SkipMessageIds = "UPDATE sqlite_sequence SET seq = seq + $1 WHERE name = 'messages'";

    // More than any node accepts between two backups, and another number each time: two restores of one backup must not meet.
    private const int LeastSkipped = 1 << 24;

    // What is leased, taken or tried again by somebody who is not there any more: all of it waits.
    private static readonly (string Table, string Column, string Value)[] Undone =
    [
        ("mailboxes", "due_at", "NULL"),
        ("mailboxes", "held_until", "0"),
        ("mailboxes", "lease_id", "NULL"),
        ("mailboxes", "leased_until", "0"),
        ("mailboxes", "leased_count", "0"),
        ("mailboxes", "taken_count", "0"),
        ("mailboxes", "probes", "0"),
        ("mailboxes", "retry_at", "0"),
        ("messages", "lease_id", "NULL"),
        ("messages", "leased_until", "0"),
        ("messages", "next_attempt_at", "0"),
        ("messages", "taken_run", "NULL"),
        ("messages", "round", "round + 1"),
    ];

    /// <summary>Changes the copy; the backup stays as it is.</summary>
    public static void Apply(string file)
    {
        using var sql = DatabaseCopy.Open(file, SqliteOpenMode.ReadWrite);
        sql.Execute("BEGIN IMMEDIATE");
        sql.Execute(EndRoutes, RandomNumberGenerator.GetBytes(SixteenBytes.Size));
        sql.Execute(ForgetGateways);
        foreach (var columns in Undone.GroupBy(column => column.Table))
        {
            Undo(sql, columns.Key, columns);
        }

        SkipNumbers(sql, LeastSkipped + RandomNumberGenerator.GetInt32(LeastSkipped));
        sql.Execute("COMMIT");
    }

    // A backup of an older version lacks some columns; the migration at the next start gives them the same values.
    private static void Undo(Statements sql, string table, IEnumerable<(string Table, string Column, string Value)> columns)
    {
        var present = sql.List("SELECT name FROM pragma_table_info($1)", row => row.GetString(0), table);
        var values = columns.Where(column => present.Contains(column.Column)).Select(column => $"{column.Column} = {column.Value}");
        sql.Execute($"UPDATE {table} SET {string.Join(", ", values)}");
    }

    // Numbers given out after the backup was made are known outside: a gateway would take a new message for one that it sent already,
    // and a client would think it late. Pairs that the backup does not know begin as far up.
    private static void SkipNumbers(Statements sql, int skipped)
    {
        sql.Execute(SkipSequences, skipped);
        var first = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(
            first, skipped + (sql.Scalar<byte[]>(FirstSequence) is { } before ? BinaryPrimitives.ReadInt64BigEndian(before) : 1));
        sql.Execute(SetFirstSequence, first);
        sql.Execute(NoteMessageIds);
        sql.Execute(SkipMessageIds, skipped);
    }
}
