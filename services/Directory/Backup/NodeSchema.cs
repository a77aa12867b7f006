using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Schema;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.Backup;

/// <summary>Whether a file is a Directory's database, of a version that this program can work on.</summary>
internal static class NodeSchema
{
    private const string History = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'";

    private const string Applied = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";

    // Without EF: its model would take longer than most copies.
    private static readonly Lazy<string[]> Known = new(() =>
    [
        .. typeof(DirectoryContext).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal),
    ]);

    /// <summary>An older version is welcome: it is migrated at the next start.</summary>
    /// <exception cref="CommandFailedException">It is another program's, or of a newer version of this one.</exception>
    public static void Require(Statements sql, string file)
    {
        var applied = sql.Scalar<string>(History) is null ? [] : sql.List(Applied, row => row.GetString(0));
        if (!applied.Contains(Known.Value[0]))
        {
            throw new CommandFailedException($"{file} is not the database of a NymDirectory node");
        }

        if (applied.Except(Known.Value).Any())
        {
            throw new CommandFailedException($"{file} was written by a newer version of NymDirectory: use that one");
        }
    }
}
