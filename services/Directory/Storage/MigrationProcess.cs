using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Storage.Schema;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Brings the database up to date in a process of its own (<see cref="Command"/>), before the service opens it: what EF Core needs, 16 MB, would stay in
/// the service's memory for as long as it runs. Where that fails the service does it itself, or says what is in the way.
/// </summary>
internal sealed class MigrationProcess(DatabaseLocation location, ILogger<MigrationProcess> logger) : IHostedService
{
    public const string Command = "migrate";

    // Who has the database is waited for once, and by the service.
    private const string WithoutWaiting = $"--{StorageOptions.Section}:{nameof(StorageOptions.LockTimeoutSeconds)}=0";

    /// <summary>Puts it before everything that starts with the service; the configuration has been validated by then.</summary>
    public static void Use(WebApplicationBuilder builder) => builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, MigrationProcess>());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsNeeded())
        {
            return;
        }

        try
        {
            var exitCode = await RunAsync(cancellationToken);
            if (exitCode != 0)
            {
                logger.NotMigratedApart($"exit code {exitCode}");
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            logger.NotMigratedApart(e.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsNeeded()
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
            // The service meets it, too.
            return false;
        }
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (fileName, arguments) = OwnCommand.Of(typeof(MigrationProcess).Assembly);
        // As arguments, which come before the environment: whatever that says, it is this service's database.
        string[] settings = [$"--ConnectionStrings:{DatabaseLocation.ConnectionName}={location.ConnectionString}", WithoutWaiting];
        var start = new ProcessStartInfo(fileName, [.. arguments, Command, .. settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        try
        {
            // What it says the service finds out and says itself.
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        finally
        {
            // When the start was called off. What it did not commit did not happen.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
