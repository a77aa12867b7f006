using System.Security.Cryptography;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Processes;

namespace NymDirectory.Gateway.Keys;

/// <summary>Makes a file that nobody else made meanwhile.</summary>
internal static class NewFile
{
    /// <summary>Writes it whole under another name, then gives it its own.</summary>
    /// <returns>False when there was one already; it is left as it is.</returns>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            WholeFile.Write(draft, content, mode);
            return TryName(draft, path);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>
    /// By a link, which is made or refused in one step. <see cref="File.Move(string, string, bool)"/> looks first and renames then, so that of
    /// two at once both are told that the file is theirs, and one of the two files is gone.
    /// </summary>
    internal static bool TryName(string draft, string path)
    {
        if (Libc.TryLink(draft, path))
        {
            Libc.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return true;
        }

        if (File.Exists(path))
        {
            return false;
        }

        // A file system without links: this is the best it has.
        File.Move(draft, path, overwrite: false);
        return true;
    }
}
