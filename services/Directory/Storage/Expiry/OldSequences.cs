using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage.Expiry;

/// <summary>
/// Forgets the counters of a stretch of pairs that did not write since <paramref name="firstKept"/>; the result says how many. Numbers must
/// only ever grow, so pairs that are not known begin beyond all that were forgotten: rounded up, since how much a pair wrote is theirs.
/// </summary>
internal sealed class OldSequences(byte[] after, byte[] last, int firstKept) : WriteOperation<int>
{
    private const int PerStretch = 1_024;
    private const long Rounding = 1_000;

    internal const string Stretch = """
        SELECT MAX(pair), COALESCE(SUM(day < $2), 0) FROM (SELECT pair, day FROM sequences WHERE pair > $1 ORDER BY pair LIMIT $3)
        """;

    private const string Highest = "SELECT MAX(next) FROM sequences WHERE pair > $1 AND pair <= $2 AND day < $3";

    internal const string Delete = "DELETE FROM sequences WHERE pair > $1 AND pair <= $2 AND day < $3";

    /// <summary>Looks for what to do without keeping the writer; the last pair is absent at the end of the table.</summary>
    public static (byte[]? Last, long TooOld) Look(Statements sql, byte[] after, int firstKept) => sql.First(
        Stretch, row => (row.IsDBNull(0) ? null : row.GetBytes(0), row.GetInt64(1)), after, firstKept, PerStretch);

    protected override int Apply(WriteSession session)
    {
        var highest = session.Sql.Scalar<long>(Highest, after, last, firstKept);
        if (highest > session.FirstSequence)
        {
            var first = ((highest + Rounding - 1) / Rounding * Rounding) + 1;
            SettingsTable.SetFirstSequence(session.Sql, first);
            session.FirstSequence = first;
        }

        return session.Sql.Execute(Delete, after, last, firstKept);
    }
}
