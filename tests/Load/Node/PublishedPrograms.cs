using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NymDirectory.Load.Node;

/// <summary>Publishes the services as they are deployed: Release, ReadyToRun, framework-dependent.</summary>
internal static class PublishedPrograms
{
    private const string Receiver = "tests/Compose/Receiver";

    private static readonly string[] Projects =
        ["services/Gateway", "services/Directory", "services/Relay", "deploy/Localnet", "tests/ExpensiveRelay", Receiver];

    // Neither Localnet nor the receiver of telemetry is what is measured.
    private static readonly string[] JustInTime = ["deploy/Localnet", Receiver];

    /// <summary>Where they go unless told otherwise.</summary>
    public static string DefaultFolder => Path.Combine(Repository(), "artifacts", "load", "programs");

    /// <summary>Whether a folder is one that they were published into.</summary>
    public static bool AreIn(string folder) => Projects.All(project => Directory.Exists(Path.Combine(folder, Path.GetFileName(project))));

    /// <summary>The folder of those that were published before; without one they are published now.</summary>
    public static async Task<string> FindOrPublishAsync(string? published, CancellationToken cancellationToken)
    {
        if (published is not null)
        {
            return Path.GetFullPath(published);
        }

        await PublishAsync(DefaultFolder, cancellationToken);
        return DefaultFolder;
    }

    private static async Task PublishAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var project in Projects)
        {
            // Without a runtime in the restore: the lock files hold for every one, and a restore for one would change them. But with ReadyToRun,
            // whose compiler is a package.
            string[] readyToRun = JustInTime.Contains(project) ? [] : ["-p:PublishReadyToRun=true"];
            await DotnetAsync(["restore", project, "--locked-mode", .. readyToRun], cancellationToken);
            // Built in its container without a list of runtimes, the receiver has none to choose from.
            string[] runtime = project == Receiver ? [] : ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false"];
            await DotnetAsync(
                ["publish", project, "--no-restore", "-c", "Release", .. runtime,
                 "-o", Path.Combine(folder, Path.GetFileName(project))],
                cancellationToken);
        }
    }

    private static async Task DotnetAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-v", "quiet", "-nologo"])
        {
            WorkingDirectory = Repository(),
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{output}");
        }
    }

    private static string Repository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "NymDirectory.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The load generator is run from its source tree: it publishes the services from there.");
    }
}
