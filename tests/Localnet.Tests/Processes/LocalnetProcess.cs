using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Processes;

/// <summary>The built executable as a process of its own.</summary>
internal sealed partial class LocalnetProcess : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Task _draining;
    private readonly Task<string> _output;

    private LocalnetProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _draining = DrainAsync();
        _output = DrainOutputAsync();
    }

    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "NymDirectory.Localnet");

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public string FirstOutputLine { get; private set; } = "";

    public bool HasExited => _process.HasExited;

    public static LocalnetProcess Start(string home, string hub, params string[] arguments) => StartAs(Executable, home, hub, arguments);

    /// <summary>As a shell without job control starts what ends in <c>&amp;</c>.</summary>
    public static LocalnetProcess StartIgnoringInterrupts(string home, string hub, params string[] arguments) =>
        StartAs("/bin/sh", home, hub, ["-c", "trap '' INT; exec \"$0\" \"$@\"", Executable, .. arguments]);

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string home, params string[] arguments)
    {
        await using var process = Start(home, "127.0.0.1:1", arguments);
        var code = await process.ExitAsync();
        return (code, await process._output.Within(), process.Errors);
    }

    public void Signal(int number) => Assert.Equal(0, Kill(_process.Id, number));

    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Within();
        await _draining.Within();
        return _process.ExitCode;
    }

    /// <summary>The websocket of a client, once it listens.</summary>
    public async Task<IPEndPoint> EndpointAsync()
    {
        await Eventually.True(() => Errors.Contains("The address of this client is: ", StringComparison.Ordinal) || HasExited);
        return IPEndPoint.Parse(RunningOn().Match(Errors).Groups[1].Value);
    }

    /// <summary>Where a hub listens, once it does.</summary>
    public async Task<string> HubAsync()
    {
        await Eventually.True(() => FirstOutputLine.Length > 0 || HasExited);
        Assert.StartsWith("Hub listening on ", FirstOutputLine, StringComparison.Ordinal);
        return FirstOutputLine["Hub listening on ".Length..];
    }

    /// <summary>Closes our end of its stderr.</summary>
    public void CloseErrors() => _process.StandardError.BaseStream.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static LocalnetProcess StartAs(string program, string home, string hub, IEnumerable<string> arguments) => new(
        new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = home, ["NYM_LOCALNET_HUB"] = hub, ["RUST_LOG"] = null },
        });

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    [GeneratedRegex(@"Running websocket on (\S+)")]
    private static partial Regex RunningOn();

    private async Task DrainAsync()
    {
        try
        {
            while (await _process.StandardError.ReadLineAsync() is { } line)
            {
                lock (_errors)
                {
                    _errors.AppendLine(line);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // A test closed it.
        }
    }

    private async Task<string> DrainOutputAsync()
    {
        FirstOutputLine = await _process.StandardOutput.ReadLineAsync() ?? "";
        return FirstOutputLine + "\n" + await _process.StandardOutput.ReadToEndAsync();
    }
}
