using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>The few calls of the operating system that .NET 10 does not offer. Constants are those of Linux on x64 and arm64.</summary>
internal static class Libc
{
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigPipe = 13;
    public const int SigTerm = 15;
    public const int SigChild = 17;

    private const int ReadWrite = 2;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const int SetMask = 2;
    private const int SizeOfSignalSet = 128;
    private const int DuplicateCloseOnExec = 1030;
    private const int MemoryCloseOnExec = 1;
    private const int KeepSizeAndPunchHole = 1 | 2;
    private const int SeekData = 3;

    /// <summary>Makes a rename in this folder last.</summary>
    public static void SyncFolder(string folder)
    {
        using var handle = new SafeFileHandle(Checked(Open(folder, CloseOnExec, 0), "open"), ownsHandle: true);
        _ = Checked(FSync(handle), "fsync");
    }

    /// <summary>Gives a file a second name; false when that is taken, or the file system has no links.</summary>
    public static bool TryLink(string existing, string name) => Link(existing, name) == 0;

    /// <summary>Sends a signal to one process; false when it is gone.</summary>
    public static bool Signal(int pid, int signal) => Kill(pid, signal) == 0;

    /// <summary>A session, and with it a process group, of one's own: away from the terminal and from what it sends to its group.</summary>
    public static void LeaveSession() => _ = Checked(SetSid(), "setsid");

    /// <summary>What a signal does by default, also when it was ignored (only that would outlive exec).</summary>
    public static void ResetSignal(int signal) => _ = SetHandler(signal, 0);

    /// <summary>Lets every signal through again.</summary>
    public static void UnblockSignals() => _ = SetSignalMask(SetMask, new byte[SizeOfSignalSet], 0);

    /// <summary>Another descriptor for the same file, that ends with exec.</summary>
    public static int DuplicateUntilExec(int descriptor) => Checked(Control(descriptor, DuplicateCloseOnExec, 3), "fcntl");

    /// <summary>Puts a file that is appended to (or read, as /dev/null) in the place of standard input or output.</summary>
    public static void Redirect(string path, int target)
    {
        int descriptor = Checked(Open(path, ReadWrite | Append | CloseOnExec, 0), "open");
        _ = Checked(Duplicate(descriptor, target), "dup2");
        _ = Close(descriptor);
    }

    public static void Write(int descriptor, ReadOnlySpan<byte> text) => _ = WriteBytes(descriptor, text.ToArray(), text.Length);

    /// <summary>Becomes another program. Comes back only when that failed, with the error number.</summary>
    public static int Execute(IReadOnlyList<string> command)
    {
        var arguments = new nint[command.Count + 1];
        for (int i = 0; i < command.Count; i++)
        {
            arguments[i] = Marshal.StringToCoTaskMemUTF8(command[i]);
        }

        _ = ExecVp(arguments[0], arguments);
        return Marshal.GetLastPInvokeError();
    }

    /// <summary>A file that only lives in memory, for as long as anybody has it open.</summary>
    public static SafeFileHandle CreateMemoryFile(string name) =>
        new(Checked(MemFdCreate(name, MemoryCloseOnExec), "memfd_create"), ownsHandle: true);

    /// <summary>Gives back the memory of what was read. Positions stay as they are.</summary>
    public static void PunchHole(SafeFileHandle file, long end) => _ = FAllocate(file, KeepSizeAndPunchHole, 0, end);

    /// <summary>The first position from there on that holds anything; null when nothing does.</summary>
    public static long? FindData(SafeFileHandle file, long from) => Seek(file, from, SeekData) is >= 0 and var position ? position : null;

    private static int Checked(int result, string call) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(SafeFileHandle file);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static extern int Duplicate(int descriptor, int target);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Control(int descriptor, int command, int argument);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint WriteBytes(int descriptor, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);

    [DllImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static extern int SetSid();

    [DllImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static extern nint SetHandler(int signal, nint handler);

    [DllImport("libc", EntryPoint = "pthread_sigmask")]
    private static extern int SetSignalMask(int how, byte[] set, nint previous);

    [DllImport("libc", EntryPoint = "execvp", SetLastError = true)]
    private static extern int ExecVp(nint program, nint[] arguments);

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    private static extern int MemFdCreate([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static extern int FAllocate(SafeFileHandle file, int mode, long offset, long length);

    [DllImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static extern long Seek(SafeFileHandle file, long offset, int whence);
}
