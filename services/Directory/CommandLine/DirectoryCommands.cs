using System.CommandLine;
using NymDirectory.DirectoryService.Backup;
using NymDirectory.DirectoryService.Import;
using NymDirectory.DirectoryService.Restore;

namespace NymDirectory.DirectoryService.CommandLine;

/// <summary>What the Directory's program can do beside serving.</summary>
internal static class DirectoryCommands
{
    public static IEnumerable<Command> Create(IConfiguration configuration) =>
        [BackupCommand.Create(configuration), RestoreCommand.Create(configuration), ImportCommand.Create(configuration)];
}
