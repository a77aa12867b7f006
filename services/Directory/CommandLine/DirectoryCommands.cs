using System.CommandLine;
using NymDirectory.DirectoryService.Backup;
using NymDirectory.DirectoryService.Import;
using NymDirectory.DirectoryService.Restore;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.CommandLine;

/// <summary>What the Directory's program can do beside serving.</summary>
internal static class DirectoryCommands
{
    /// <summary>Runs the command that the arguments name. A method of its own, so that a start of the service loads nothing of it.</summary>
    public static Task<int> RunAsync(string[] args) => ServiceCommands.RunAsync(DirectoryApp.Service, args, Create);

    private static IEnumerable<Command> Create(IConfiguration configuration) =>
        [BackupCommand.Create(configuration), RestoreCommand.Create(configuration), ImportCommand.Create(configuration), MigrateCommand.Create(configuration)];
}
