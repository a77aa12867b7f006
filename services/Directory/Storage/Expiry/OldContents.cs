using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Expiry;

/// <summary>Forgets the content hashes of a stretch that are older than <paramref name="firstKept"/>; the result says how many.</summary>
internal sealed class OldContents(byte[] after, byte[] last, int firstKept) : WriteOperation<int>
{
    private const int PerStretch = 1_024;

    internal const string Stretch = """
        SELECT MAX(hash), COALESCE(SUM(day < $2), 0) FROM (SELECT hash, day FROM accepted_contents WHERE hash > $1 ORDER BY hash LIMIT $3)
        """;

    // A message that is still there keeps its hash, whatever their days say: its content must not come a second time.
    internal const string Delete = """
        DELETE FROM accepted_contents WHERE hash > $1 AND hash <= $2 AND day < $3
            AND NOT EXISTS (SELECT 1 FROM messages WHERE content_hash = accepted_contents.hash)
        """;

    /// <summary>Looks for what to do without keeping the writer; the last hash is absent at the end of the table.</summary>
    public static (byte[]? Last, long TooOld) Look(Statements sql, byte[] after, int firstKept) => sql.First(
        Stretch, row => (row.IsDBNull(0) ? null : row.GetBytes(0), row.GetInt64(1)), after, firstKept, PerStretch);

    protected override int Apply(WriteSession session) => session.Sql.Execute(Delete, after, last, firstKept);
}
