using System.Diagnostics;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Keys.CommandLine;

/// <summary>The Gateway's program as an operator calls it, to its end.</summary>
internal sealed record GatewayCommand(int ExitCode, string Output, string Errors)
{
    public static async Task<GatewayCommand> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "NymDirectory.Gateway.dll") },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().Within(TimeSpan.FromSeconds(60));
        return new GatewayCommand(process.ExitCode, await output, await errors);
    }

    /// <summary>It failed, and said why in one line and nothing else.</summary>
    public void AssertRefused(string reason)
    {
        Assert.Equal(1, ExitCode);
        Assert.Contains(reason, Errors, StringComparison.Ordinal);
        Assert.Single(Errors.TrimEnd('\n').Split('\n'));
        Assert.Empty(Output);
    }
}
