using System.CommandLine;
using NymDirectory.DirectoryService.CommandLine;

namespace NymDirectory.DirectoryService.Restore;

/// <summary><c>restore FILE</c>: puts a backup in the place of the database, while no Directory works on it.</summary>
internal static class RestoreCommand
{
    public static Command Create(IConfiguration configuration)
    {
        var file = new Argument<string>("FILE") { Description = "The backup; - for standard input." };
        var replace = new Option<bool>("--replace") { Description = "If there is a database, set it aside under another name." };
        var command = new Command("restore", "Puts a backup in the place of the database; no Directory may be running.") { file, replace };
        command.SetAction((result, cancellationToken) => RunAsync(
            new Restoration(DirectoryApp.Locate(configuration), TimeProvider.System),
            result.GetRequiredValue(file), result.GetValue(replace), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Restoration restoration, string file, bool replace, CancellationToken cancellationToken)
    {
        using var held = await restoration.LockAsync(replace, cancellationToken);
        using var input = await StandardStreams.ReadAsync(file, restoration.Database, cancellationToken);
        var done = restoration.Run(input.Path);
        await Console.Out.WriteLineAsync($"restored: {restoration.Database} ({done.Contents})");
        if (done.SetAside is { } aside)
        {
            await Console.Out.WriteLineAsync($"the database before: {aside}");
        }

        return 0;
    }
}
