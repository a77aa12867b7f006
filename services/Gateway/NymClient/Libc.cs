using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NymDirectory.Gateway.NymClient;

/// <summary>The few calls of the operating system that .NET 10 does not offer.</summary>
internal static class Libc
{
    public const int SigInt = 2;

    /// <summary>Makes a rename in this folder last.</summary>
    public static void SyncFolder(string folder)
    {
        int descriptor = Open(folder, 0, 0);
        if (descriptor < 0)
        {
            throw Failure("open");
        }

        int result = FSync(descriptor);
        var failure = result < 0 ? Failure("fsync") : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Sends a signal to one process; false when it is gone.</summary>
    public static bool Signal(int pid, int signal) => Kill(pid, signal) == 0;

    private static Win32Exception Failure(string call) => new(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
