using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NymDirectory.DirectoryService.Backup;

/// <summary>What .NET 10 cannot say about names of files: take one that is free, in one step; make it last.</summary>
internal static class FileNames
{
    private const int CloseOnExec = 0x80000;
    private const int AlreadyExists = 17;

    /// <summary>Gives a file a further name, or where a file system has no such thing, a copy; false when the name is taken.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static bool TryAdd(string existing, string name)
    {
        try
        {
            return TryLink(existing, name);
        }
        catch (IOException) when (!File.Exists(name))
        {
            File.Copy(existing, name, overwrite: false);
            using var copy = new FileStream(name, FileMode.Open, FileAccess.ReadWrite);
            copy.Flush(flushToDisk: true);
            return true;
        }
    }

    /// <summary>Gives a file a further name; false when that is taken.</summary>
    /// <exception cref="IOException">It cannot be done; not every file system can.</exception>
    public static bool TryLink(string existing, string name)
    {
        if (Link(existing, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == AlreadyExists ? false : throw new IOException($"{name} cannot be made: {new Win32Exception(error).Message}");
    }

    /// <summary>Makes names that were given in this folder last.</summary>
    public static void SyncFolder(string folder)
    {
        using var handle = new SafeFileHandle(Open(folder, CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid || FSync(handle) != 0)
        {
            throw new IOException($"{folder} cannot be synced: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(SafeFileHandle file);
}
