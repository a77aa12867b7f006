using System.Security.Cryptography;
using System.Text;

namespace NymDirectory.Gateway.Keys;

/// <summary>Writes files whole or not at all: a temporary file beside them, synced, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>For what only the node may read.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For what the node publishes.</summary>
    public const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a new file.</summary>
    /// <returns>False when there was one already; it is left as it is.</returns>
    public static bool TryCreate(string path, string text, UnixFileMode mode) => WithTemporary(path, text, mode, temporary =>
    {
        try
        {
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    });

    /// <summary>Writes a file in the place of the one that may be there.</summary>
    public static void Replace(string path, string text, UnixFileMode mode) => WithTemporary(path, text, mode, temporary =>
    {
        File.Move(temporary, path, overwrite: true);
        return true;
    });

    private static bool WithTemporary(string path, string text, UnixFileMode mode, Func<string, bool> move)
    {
        var temporary = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.tmp";
        try
        {
            WriteSynced(temporary, text, mode);
            return move(temporary);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void WriteSynced(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
