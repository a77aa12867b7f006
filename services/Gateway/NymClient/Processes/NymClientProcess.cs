using System.Diagnostics;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>A nym-client that runs, and every touch of the operating system that it takes. What to do when is for others to say.</summary>
internal sealed class NymClientProcess : IDisposable
{
    // How glibc hands out memory to this Gateway. It was measured for the Gateway (docs/benchmarks.md); nym-client has its own ways.
    private static readonly string[] OfOwnMemory = ["MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_"];

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Process? _child;

    private NymClientProcess(ProcessIdentity identity, Process? child, LogFile? log, Task<int?> exited)
    {
        Identity = identity;
        _child = child;
        Log = log;
        Exited = exited;
    }

    public ProcessIdentity Identity { get; }

    /// <summary>Its output; null when it goes where this Gateway cannot read it.</summary>
    public LogFile? Log { get; }

    /// <summary>Its exit code; null when it is not our child, whose code nobody tells us.</summary>
    public Task<int?> Exited { get; }

    /// <summary>Starts a program by the exec mode. <paramref name="record"/>: where that writes who it is, before the program is there.</summary>
    public static NymClientProcess Start(IReadOnlyList<string> command, string? record)
    {
        var log = LogFile.Create();
        var (fileName, arguments) = OwnCommand.Of(typeof(NymClientProcess).Assembly);
        string[] options = [ExecMode.Name, ExecMode.OutputOption, log.Path, .. record is null ? [] : new[] { ExecMode.RecordOption, record }];
        var info = new ProcessStartInfo(fileName, [.. arguments, .. options, .. command]) { UseShellExecute = false };
        foreach (var name in OfOwnMemory)
        {
            info.Environment.Remove(name);
        }

        var child = Process.Start(info) ?? throw new InvalidOperationException("No process was started.");
        var identity = ProcessIdentity.Of(child.Id) ?? new ProcessIdentity(child.Id, 0, "");
        return new NymClientProcess(identity, child, log, WaitAsync(child));
    }

    /// <summary>Takes up one that an earlier Gateway started.</summary>
    public static NymClientProcess Adopt(ProcessIdentity identity, TimeProvider time) =>
        new(identity, null, LogFile.OpenOf(identity.Pid), WatchAsync(identity, time));

    /// <summary>Asks it to flush and leave. Only itself: what it started is its own affair.</summary>
    public void Interrupt()
    {
        if (!Exited.IsCompleted && (_child is not null || Identity.IsAlive))
        {
            Libc.Signal(Identity.Pid, Libc.SigInt);
        }
    }

    /// <summary>The very last: it and what it started are ended, its SURBs are lost.</summary>
    public void KillTree()
    {
        if (Exited.IsCompleted || !Identity.IsAlive)
        {
            return;
        }

        using var other = _child is null ? Process.GetProcessById(Identity.Pid) : null;
        (_child ?? other)!.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        Log?.Dispose();
        _child?.Dispose();
    }

    private static async Task<int?> WaitAsync(Process child)
    {
        await child.WaitForExitAsync(CancellationToken.None);
        return child.ExitCode;
    }

    private static async Task<int?> WatchAsync(ProcessIdentity identity, TimeProvider time)
    {
        while (identity.IsAlive)
        {
            await Task.Delay(Glance, time, CancellationToken.None);
        }

        return null;
    }
}
