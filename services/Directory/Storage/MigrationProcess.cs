using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Storage.Schema;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Brings the database up to date in a process of its own (<see cref="Command"/>), before the service opens it: what EF Core needs, 16 MB, would stay in
/// the service's memory for as long as it runs. Where that fails the start of the service does it itself, or says what is in the way.
/// </summary>
internal static class MigrationProcess
{
    public const string Command = "migrate";

    /// <summary>Comes back when the database is up to date, or when that process could not do it.</summary>
    public static void RunIfNeeded(DatabaseLocation location, StorageOptions options)
    {
        if (IsNeeded(location))
        {
            Run(location, options);
        }
    }

    private static bool IsNeeded(DatabaseLocation location)
    {
        if (!File.Exists(location.File))
        {
            return true;
        }

        try
        {
            using var statements = new Statements(location.OpenForReading());
            return !SchemaVersion.IsUpToDate(statements);
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    // The folder of the database may be relative to this process's, and a setting may have come from the command line: it is told what they mean here.
    private static void Run(DatabaseLocation location, StorageOptions options)
    {
        var (fileName, arguments) = OwnCommand.Of(typeof(MigrationProcess).Assembly);
        var start = new ProcessStartInfo(fileName, [.. arguments, Command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[$"ConnectionStrings__{DatabaseLocation.ConnectionName}"] = location.ConnectionString;
        start.Environment[$"{StorageOptions.Section}__{nameof(StorageOptions.LockTimeoutSeconds)}"] = $"{options.LockTimeoutSeconds}";
        try
        {
            using var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            // Not here, then.
        }
    }
}
