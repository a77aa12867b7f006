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
            CreatePrivate(location.File);
            await Migrator.MigrateAsync(location, time, cancellationToken);
            return held;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or TimeoutException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            held?.Dispose();
            throw Refused(location, e);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>One line that says which file it is and why it cannot be used.</summary>
    public static InvalidConfigurationException Refused(DatabaseLocation location, Exception reason) =>
        new($"cannot use the database {location.File}: {SqliteFailures.Describe(reason)}", reason);

    /// <summary>
    /// Whoever can read it sees who is registered and who wrote to whom while a message waits. SQLite gives its log the same mode; an
    /// existing file keeps the mode that its operator gave it.
    /// </summary>
    private static void CreatePrivate(string file)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(file))
        {
            new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
    }
}
