using Microsoft.Data.Sqlite;

namespace NymDirectory.DirectoryService.Backup;

/// <summary>What an operator is told about a copy, so that an empty one is noticed.</summary>
/// <param name="Accounts">How many users it knows.</param>
/// <param name="Messages">How many messages wait in it.</param>
internal sealed record CopyContents(long Accounts, long Messages)
{
    public static CopyContents Of(string file)
    {
        using var sql = DatabaseCopy.Open(file, SqliteOpenMode.ReadOnly);
        return new CopyContents(sql.Scalar<long>("SELECT COUNT(*) FROM accounts"), sql.Scalar<long>("SELECT COUNT(*) FROM messages"));
    }

    public override string ToString() => $"accounts {Accounts}, waiting messages {Messages}";
}
