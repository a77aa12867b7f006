using System.Diagnostics;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.CommandLine;

/// <summary>The Directory's program as an operator calls it.</summary>
internal sealed class DirectoryCommand : IDisposable
{
    private readonly Process _process;

    private DirectoryCommand(Process process) => _process = process;

    /// <summary>Starts it and leaves it alone; what it prints is not read.</summary>
    public static DirectoryCommand Start(string database, params string[] arguments) => new(Process.Start(Describe(database, arguments))!);

    /// <summary>Runs it to its end.</summary>
    public static Task<CommandOutcome> RunAsync(string database, params string[] arguments) => RunAsync(database, [], arguments);

    /// <summary>Runs it to its end, with something on its standard input.</summary>
    public static async Task<CommandOutcome> RunAsync(string database, byte[] input, params string[] arguments)
    {
        using var process = Process.Start(Describe(database, arguments))!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = process.StandardError.ReadToEndAsync();
        await FeedAsync(process, input);
        await process.WaitForExitAsync().Within(TimeSpan.FromSeconds(120));
        await reading;
        return new CommandOutcome(process.ExitCode, output.ToArray(), await errors);
    }

    /// <summary>Kills it when it has come that far. Fails when it ended by itself before.</summary>
    public async Task KillWhenAsync(Func<bool> condition)
    {
        // Without a pause between two looks: the moment is short.
        Assert.True(SpinWait.SpinUntil(() => condition() || _process.HasExited, TimeSpan.FromSeconds(60)));
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().Within();
        Assert.Equal(128 + 9, _process.ExitCode);
    }

    public void Dispose() => _process.Dispose();

    private static async Task FeedAsync(Process process, byte[] input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It refused without reading.
        }
    }

    private static ProcessStartInfo Describe(string database, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "NymDirectory.DirectoryService.dll"),
            },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add($"--ConnectionStrings:Directory=Data Source={database}");
        return start;
    }
}
