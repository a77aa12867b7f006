using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// The numbers of messages from one user to another, for clients that acknowledge. Others never see them: a message to one of those gets its number when its
/// recipient turns to acknowledging, which spares most messages a page of the disk, and the node the knowledge who ever wrote to whom.
/// </summary>
internal static class SequenceTable
{
    /// <summary>Of a message that has no number yet.</summary>
    public const long None = 0;

    private const string NextOfPair = """
        INSERT INTO sequences (pair, next, day) VALUES ($1, $2 + 1, $3)
        ON CONFLICT (pair) DO UPDATE SET next = next + 1, day = excluded.day RETURNING next - 1
        """;

    private const string Unnumbered = "SELECT id, pair FROM messages WHERE recipient_id = $1 AND sequence = 0 ORDER BY id";

    private const string SetNumber = "UPDATE messages SET sequence = $2 WHERE id = $1";

    /// <summary>The next number of a pair of users.</summary>
    public static long Next(WriteSession session, byte[] pair) =>
        session.Sql.Scalar<long>(NextOfPair, pair, session.FirstSequence, session.Today);

    /// <summary>Numbers what waits in a mailbox and was not numbered when it came, in its order.</summary>
    public static void NumberWaiting(WriteSession session, long account)
    {
        foreach (var (id, pair) in session.Sql.List(Unnumbered, row => (row.GetInt64(0), row.GetBytes(1)), account))
        {
            session.Sql.Execute(SetNumber, id, Next(session, pair));
        }
    }
}
