using System.CommandLine;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.CommandLine;

/// <summary><c>migrate</c>: makes the database, or brings an older one up to date, while no Directory is running.</summary>
internal static class MigrateCommand
{
    public static Command Create(IConfiguration configuration)
    {
        var command = new Command(
            MigrationProcess.Command, "Makes the database or brings it up to date, as each start of the service does; no Directory may be running.");
        command.SetAction((_, cancellationToken) => RunAsync(configuration, cancellationToken));
        return command;
    }

    private static async Task RunAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var options = configuration.Options<StorageOptions>(StorageOptions.Section);
        using var held = await DatabaseStart.LockAndMigrateAsync(DirectoryApp.Locate(configuration), options, TimeProvider.System, cancellationToken);
        await Console.Out.WriteLineAsync("the database is up to date");
    }
}
