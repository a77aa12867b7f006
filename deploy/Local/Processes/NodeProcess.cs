using System.Collections.Concurrent;
using System.Diagnostics;

namespace NymDirectory.Local.Processes;

/// <summary>One program of the node: started in a session of its own, its output read line by line for as long as it lives.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lastLines = new();
    private readonly Task _ended;
    private bool _disposed;

    private NodeProcess(string name, Process process, Action<string, string> output)
    {
        Name = name;
        _process = process;
        var drained = Task.WhenAll(DrainAsync(process.StandardOutput, output), DrainAsync(process.StandardError, output));
        _ended = Task.WhenAll(drained, process.WaitForExitAsync());
    }

    /// <summary>What people call it.</summary>
    internal string Name { get; }

    internal int Id => _process.Id;

    internal bool HasEnded => _disposed || _process.HasExited;

    /// <summary>Ends when the process has ended and all of its output was read.</summary>
    internal Task Ended => _ended;

    internal int ExitCode => _process.ExitCode;

    /// <summary>The latest lines of its output.</summary>
    internal IEnumerable<string> LastLines => _lastLines;

    /// <summary>Starts a program.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="launcher">
    /// The Gateway's executable, whose <c>exec</c> mode gives the program a session of its own: Ctrl+C would otherwise reach every
    /// program at once, and the node could not stop in order.
    /// </param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables that it gets beside ours.</param>
    /// <param name="output">Takes the name and each line.</param>
    internal static NodeProcess Start(
        string name, string launcher, IEnumerable<string> command, IReadOnlyDictionary<string, string> environment, Action<string, string> output)
    {
        var start = new ProcessStartInfo(launcher)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("exec");
        foreach (var part in command)
        {
            start.ArgumentList.Add(part);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new NodeProcess(name, Process.Start(start)!, output);
    }

    internal void Send(Signal signal)
    {
        if (!HasEnded)
        {
            Signals.Send(_process.Id, signal);
        }
    }

    /// <summary>Asks it to end, waits, and kills it only when it does not.</summary>
    internal async Task StopAsync(Signal signal, TimeSpan patience)
    {
        Send(signal);
        try
        {
            await _ended.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            Send(Signal.Kill);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            await StopAsync(Signal.Terminate, TimeSpan.FromSeconds(5));
            _disposed = true;
            _process.Dispose();
        }
    }

    private async Task DrainAsync(StreamReader reader, Action<string, string> output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lastLines.Enqueue(line);
            while (_lastLines.Count > KeptLines)
            {
                _lastLines.TryDequeue(out _);
            }

            output(Name, line);
        }
    }
}
