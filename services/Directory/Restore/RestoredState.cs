using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Backup;
using NymDirectory.DirectoryService.Gateways;

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

    private const string ParkMailboxes =
        "UPDATE mailboxes SET due_at = NULL, held_until = 0, lease_id = NULL, leased_until = 0, leased_count = 0";

    private const string EndLeases = "UPDATE messages SET lease_id = NULL, leased_until = 0, next_attempt_at = 0, taken_run = NULL";

    private const string SkipSequences = "UPDATE sequences SET next = next + $1";

    private const string NoteMessageIds =
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'messages', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'messages')";

    private const string SkipMessageIds = "UPDATE sqlite_sequence SET seq = seq + $1 WHERE name = 'messages'";

    // More than any node accepts between two backups, and another number each time: two restores of one backup must not meet.
    private const int LeastSkipped = 1 << 24;

    /// <summary>Changes the copy; the backup stays as it is.</summary>
    public static void Apply(string file)
    {
        using var sql = DatabaseCopy.Open(file, SqliteOpenMode.ReadWrite);
        sql.Execute("BEGIN IMMEDIATE");
        sql.Execute(EndRoutes, RandomNumberGenerator.GetBytes(SixteenBytes.Size));
        sql.Execute(ForgetGateways);
        sql.Execute(ParkMailboxes);
        sql.Execute(EndLeases);

        // Numbers given out after the backup was made are known outside: a gateway would take a new message for one that it sent
        // already, and a client would think it late.
        var skipped = LeastSkipped + RandomNumberGenerator.GetInt32(LeastSkipped);
        sql.Execute(SkipSequences, skipped);
        sql.Execute(NoteMessageIds);
        sql.Execute(SkipMessageIds, skipped);
        sql.Execute("COMMIT");
    }
}
