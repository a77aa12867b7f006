using System.Runtime.InteropServices;

namespace NymDirectory.Load.Sizes.Starts;

/// <summary>Makes a file's next reader read from the disk, as after the machine's own start.</summary>
internal static partial class PageCache
{
    // POSIX_FADV_DONTNEED
    private const int NotNeeded = 4;

    public static void Forget(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        // What is not on the disk yet would stay.
        RandomAccess.FlushToDisk(file);
        var error = Advise((int)file.DangerousGetHandle(), 0, 0, NotNeeded);
        if (error != 0)
        {
            throw new InvalidOperationException($"posix_fadvise failed with {error}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, nint offset, nint length, int advice);
}
