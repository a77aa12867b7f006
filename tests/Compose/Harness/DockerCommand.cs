using System.Diagnostics;

namespace NymDirectory.Compose.Harness;

/// <summary>Runs <c>docker</c> to its end.</summary>
internal static class DockerCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs it; what it wrote counts, whatever came of it.</summary>
    public static async Task<Result> TryAsync(IEnumerable<string> arguments, TimeSpan? timeout = null)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = RepositoryRoot.Path };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(timeout ?? Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"docker {string.Join(' ', arguments)} took longer than {timeout ?? Patience}.");
        }

        return new Result(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs it and gives what it wrote to standard output; it must succeed.</summary>
    public static async Task<string> RunAsync(IEnumerable<string> arguments, TimeSpan? timeout = null)
    {
        var all = arguments.ToList();
        var result = await TryAsync(all, timeout);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"docker {string.Join(' ', all)}: exit code {result.ExitCode}\n{result.Output}\n{result.Errors}");
    }

    public sealed record Result(int ExitCode, string Output, string Errors);
}
