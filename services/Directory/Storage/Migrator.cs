using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NymDirectory.DirectoryService.Storage.Schema;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Brings the schema up to date. Only called under the <see cref="DatabaseLock"/>.</summary>
internal static class Migrator
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static async Task MigrateAsync(DatabaseLocation location, TimeProvider time, CancellationToken cancellationToken)
    {
        // Creates the file and sets what has to be set before the first table, on a connection that is then closed again.
        using (var statements = new Statements(location.OpenForWriting()))
        {
            if (SchemaVersion.IsUpToDate(statements))
            {
                return;
            }
        }

        await MigrateByEntityFrameworkAsync(location, time, cancellationToken);
    }

    // By itself, so that nothing of EF Core is loaded by a start that has nothing to migrate.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task MigrateByEntityFrameworkAsync(DatabaseLocation location, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<DirectoryContext>().UseSqlite(location.ConnectionString).Options;
        await using var context = new DirectoryContext(options);
        await ClearAbandonedLockAsync(context, cancellationToken);
        using var limit = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await context.Database.MigrateAsync(both.Token);
    }

    /// <summary>
    /// A process killed while it migrated leaves EF's lock row behind, and EF would wait for it for ever. We hold the lock of the
    /// operating system, so whoever wrote that row is gone.
    /// </summary>
    private static Task<int> ClearAbandonedLockAsync(DirectoryContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
}
