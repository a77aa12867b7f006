using System.Runtime.InteropServices;

namespace NymDirectory.Local.Processes;

/// <summary>Sends signals, which .NET cannot do but for SIGKILL.</summary>
internal static class Signals
{
    /// <summary>Sends a signal to one process of our own; false when it is gone.</summary>
    internal static bool Send(int processId, Signal signal) => Kill(processId, (int)signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
