using System.CommandLine;
using NymDirectory.DirectoryService.CommandLine;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.Backup;

/// <summary><c>backup FILE</c>: a copy of the database, made while the Directory works on it.</summary>
internal static class BackupCommand
{
    public static Command Create(IConfiguration configuration)
    {
        var file = new Argument<string>("FILE") { Description = "Where the backup goes; - for standard output." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace FILE if it exists." };
        var command = new Command("backup", "Writes a consistent copy of the database; the Directory may be running.") { file, overwrite };
        command.SetAction((result, cancellationToken) =>
        {
            var location = DirectoryApp.Locate(configuration);
            return result.GetRequiredValue(file) is var name && name == StandardStreams.Name
                ? WriteToOutputAsync(location, cancellationToken)
                : Task.FromResult(WriteToFile(location, Path.GetFullPath(name), result.GetValue(overwrite)));
        });
        return command;
    }

    private static int WriteToFile(DatabaseLocation location, string target, bool overwrite)
    {
        if (target == location.File || target == location.LockFile || target == location.WriteAheadLog)
        {
            throw new CommandFailedException($"{target} belongs to the database itself");
        }

        if (!overwrite && File.Exists(target))
        {
            throw new CommandFailedException($"{target} exists: --overwrite replaces it");
        }

        using var draft = DatabaseCopy.Make(location.File, target);
        var contents = CopyContents.Of(draft.Path);
        if (!draft.TryPlace(target, overwrite))
        {
            throw new CommandFailedException($"{target} was made by somebody else meanwhile: --overwrite replaces it");
        }

        Console.Out.WriteLine($"backup: {target} ({contents})");
        return 0;
    }

    // Whole and checked before its first byte is written; kept in the database's folder meanwhile, which has room for it.
    private static async Task<int> WriteToOutputAsync(DatabaseLocation location, CancellationToken cancellationToken)
    {
        using var draft = DatabaseCopy.Make(location.File, location.File + ".backup");
        var contents = CopyContents.Of(draft.Path);
        await StandardStreams.WriteAsync(draft.Content, cancellationToken);
        await Console.Error.WriteLineAsync($"backup: standard output ({contents})");
        return 0;
    }
}
