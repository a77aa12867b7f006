using System.Security.Cryptography;
using NymDirectory.Gateway.NymClient.Processes;

namespace NymDirectory.Gateway.NymClient;

/// <summary>Small files that are there as a whole or not at all, also after a power cut.</summary>
internal static class WholeFile
{
    /// <summary>For keys and what belongs to them.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For what is published.</summary>
    public const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes beside, syncs, renames, syncs the folder. Folders are made.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string beside = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.tmp";
        try
        {
            WriteSynced(beside, content, mode);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }

        Libc.SyncFolder(folder);
    }

    /// <summary>The content, or null when there is no such file.</summary>
    public static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static void WriteSynced(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var stream = new FileStream(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
