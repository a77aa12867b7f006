namespace NymDirectory.DirectoryService.Storage.Schema;

/// <summary>
/// Which migration a database must have seen to be up to date. EF Core would have to be loaded to ask it, at every start, and kept 20 MB of the
/// service's memory for that one answer. A test compares the two.
/// </summary>
internal static class SchemaVersion
{
    /// <summary>The id of the last migration.</summary>
    public const string Latest = "20261125222035_KeepUntilAcknowledged";

    private const string History = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'";

    private const string LatestApplied = $"SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = '{Latest}'";

    public static bool IsUpToDate(Statements sql) => sql.Scalar<string>(History) is not null && sql.Scalar<string>(LatestApplied) is not null;
}
