using System.Security.Cryptography;
using System.Text;
using NymDirectory.Gateway.NymClient;

namespace NymDirectory.Gateway.Keys;

/// <summary>Makes a file that nobody else made meanwhile.</summary>
internal static class NewFile
{
    /// <summary>Writes it whole under another name, then gives it its own.</summary>
    /// <returns>False when there was one already; it is left as it is.</returns>
    public static bool TryCreate(string path, string text, UnixFileMode mode)
    {
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            WholeFile.Write(draft, Encoding.UTF8.GetBytes(text), mode);
            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
