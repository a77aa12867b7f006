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

    private DirectoryProgram(Process process) => _process = process;

    public IReadOnlyCollection<string> ErrorLines => _errors;

    public bool HasExited => _process.HasExited;

    public static DirectoryProgram Start(string database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "NymDirectory.DirectoryService.dll"),
                "--urls=http://127.0.0.1:0",
                "--Health:Url=http://127.0.0.1:0",
                $"--ConnectionStrings:Directory=Data Source={database}",
            },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var program = new DirectoryProgram(new Process { StartInfo = start });
        program.Run();
        return program;
    }

    public Task StartedAsync() => _started.Task.Within(TimeSpan.FromSeconds(30));

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().Within(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Run()
    {
        _process.OutputDataReceived += (_, line) =>
        {
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
