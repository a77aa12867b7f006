using System.CommandLine;
using NymDirectory.DirectoryService.CommandLine;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.DirectoryService.Import;

/// <summary><c>import FILE</c>: takes over the users of an existing nymDirectory, while no Directory is running.</summary>
internal static class ImportCommand
{
    /// <summary>The exit code when it went through the file and left rows out.</summary>
    internal const int SomeLeftOut = 2;

    public static Command Create(IConfiguration configuration)
    {
        var file = new Argument<string>("FILE") { Description = "The SQLite file of the nymDirectory; - for standard input." };
        var command = new Command(
            "import", "Takes over the users of an existing nymDirectory; no Directory may be running. Exit code 2: some rows were left out.") { file };
        command.SetAction((result, cancellationToken) => RunAsync(configuration, result.GetRequiredValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, string file, CancellationToken cancellationToken)
    {
        var database = DirectoryApp.Locate(configuration).File;
        using var input = await StandardStreams.ReadAsync(file, database, cancellationToken);
        using var old = OldDirectory.Open(input.Path);

        // Before there is a database at all: a wrong file leaves nothing behind.
        var groups = old.CountGroups();
        old.RequireUsers();
        var report = new ImportReport(Console.Error);
        await using (var opened = await ImportStore.OpenAsync(configuration, cancellationToken))
        {
            await AddAllAsync(old, new UserImport(opened.Store, report), report, cancellationToken);
        }

        await Console.Out.WriteLineAsync(report.ToString());
        await Console.Out.WriteLineAsync(groups == 0 ? "groups: none" : $"groups: {groups} left out, this node has none and no client asks for any");
        return report.LeftOut == 0 ? 0 : SomeLeftOut;
    }

    private static async Task AddAllAsync(OldDirectory old, UserImport import, ImportReport report, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var users in old.ReadUsers())
            {
                await import.AddAsync(users, cancellationToken);
            }
        }
        catch (Exception e) when (e is CommandFailedException or StorageException)
        {
            var reason = e is CommandFailedException ? e.Message : "the database could not be written";
            throw new CommandFailedException($"{reason} ({report}; what was taken over stays, run it again)", e);
        }
    }
}
