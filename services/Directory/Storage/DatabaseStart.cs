using Microsoft.Data.Sqlite;
using NymDirectory.Hosting;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>From a path to a database that is ours and up to date, or to one line that says why not.</summary>
internal static class DatabaseStart
{
    public static async Task<DatabaseLock> LockAndMigrateAsync(
        DatabaseLocation location, StorageOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        DatabaseLock? held = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(location.File)!);
            var patience = TimeSpan.FromSeconds(options.LockTimeoutSeconds);
            held = await DatabaseLock.TakeAsync(location.LockFile, patience, time, cancellationToken);
            CreateForOwnerOnly(location.File);
            await Migrator.MigrateAsync(location, time, cancellationToken);
            return held;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or TimeoutException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            held?.Dispose();
            throw new InvalidConfigurationException($"cannot use the database {location.File}: {SqliteFailures.Describe(e)}", e);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    // SQLite would let everybody on the machine read it. It gives its write-ahead log the mode of the database.
    private static void CreateForOwnerOnly(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        if (!File.Exists(file))
        {
            using var created = new FileStream(file, options);
        }
    }
}
