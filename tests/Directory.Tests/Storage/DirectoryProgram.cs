using System.Collections.Concurrent;
using System.Diagnostics;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

/// <summary>The Directory as a process of its own.</summary>
internal sealed class DirectoryProgram : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<string> _lines = [];
    private string? _address;

    private DirectoryProgram(Process process) => _process = process;

    public IReadOnlyCollection<string> ErrorLines => _errors;

    /// <summary>What it logged.</summary>
    public string Log => string.Join('\n', _lines);

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Where it speaks gRPC, once it has started.</summary>
    public string Address => _address ?? throw new InvalidOperationException("It has not started.");

    public static DirectoryProgram Start(string database, params string[] arguments) => StartUnder([], database, arguments);

    /// <summary>Starts it by way of another command, which becomes it in the end.</summary>
    public static DirectoryProgram StartUnder(IReadOnlyList<string> command, string database, params string[] arguments)
    {
        string[] all =
        [
            .. command,
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "NymDirectory.DirectoryService.dll"),
            "--urls=http://127.0.0.1:0",
            "--Health:Url=http://127.0.0.1:0",
            $"--ConnectionStrings:Directory=Data Source={database}",
            .. arguments,
        ];
        var start = new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };

        var program = new DirectoryProgram(new Process { StartInfo = start });
        program.Run();
        return program;
    }

    public Task StartedAsync() => _started.Task.Within(TimeSpan.FromSeconds(60));

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().Within(TimeSpan.FromSeconds(60));
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Asks it to end, as an operator does.</summary>
    public Task TerminateAsync() => SignalAsync("-TERM");

    /// <summary>Stops it where it is, in all of its threads.</summary>
    public async Task FreezeAsync()
    {
        await SignalAsync("-STOP");
        await Eventually.True(() => Directory.EnumerateDirectories($"/proc/{Id}/task")
            .All(task => File.ReadAllText(Path.Combine(task, "stat")).Split(')')[^1].TrimStart()[0] == 'T'));
    }

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{Id}"]);
        await kill.WaitForExitAsync().Within();
    }

    private void Run()
    {
        _process.OutputDataReceived += (_, line) =>
        {
            _lines.Enqueue(line.Data ?? "");
            if (line.Data?.Split("Now listening on: ") is [_, var address])
            {
                _address ??= address.Trim();
            }

            if (line.Data?.Contains("Application started", StringComparison.Ordinal) == true)
            {
                _started.TrySetResult();
            }
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrEmpty(line.Data))
            {
                _errors.Enqueue(line.Data);
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }
}
