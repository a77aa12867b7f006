using System.Security.Cryptography;
using NymDirectory.Gateway.NymClient;

namespace NymDirectory.Gateway.Sealing;

/// <summary>
/// The key that seals tags. It belongs to nym-client's SURBs: when it is lost, every route is, until its user's next login.
/// </summary>
internal static class SealKeyFile
{
    /// <summary>Reads the key, or makes one at the first start. A file of another size is not overwritten: somebody has to look.</summary>
    public static TagSealer OpenOrCreate(string path)
    {
        byte[] key = WholeFile.Read(path) ?? Create(path);
        try
        {
            return key.Length == TagSealer.KeySize
                ? new TagSealer(key)
                : throw new InvalidDataException($"{path} is not a seal key ({TagSealer.KeySize} bytes). Restore it, or remove it: all routes end then.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static byte[] Create(string path)
    {
        byte[] key = RandomNumberGenerator.GetBytes(TagSealer.KeySize);
        WholeFile.Write(path, key, WholeFile.OwnerOnly);
        return key;
    }
}
