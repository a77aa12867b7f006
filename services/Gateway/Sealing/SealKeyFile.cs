using System.Security.Cryptography;
using NymDirectory.Gateway.Keys;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Hosting;

namespace NymDirectory.Gateway.Sealing;

/// <summary>
/// The key that seals tags. It belongs to nym-client's SURBs: when it is lost, every route is, until its user's next login.
/// </summary>
internal static class SealKeyFile
{
    /// <summary>Reads the key, or makes one at the first start. A file of another size is not overwritten: somebody has to look.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="endRun">Ends the run on file, before there is a new key: tags sealed by another one open to tags that nobody has.</param>
    /// <exception cref="InvalidConfigurationException">There is a file, but no key.</exception>
    public static TagSealer OpenOrCreate(string path, Action endRun)
    {
        byte[] key = WholeFile.Read(path) ?? Create(path, endRun);
        try
        {
            return key.Length == TagSealer.KeySize
                ? new TagSealer(key)
                : throw new InvalidConfigurationException($"{path} is not a seal key ({TagSealer.KeySize} bytes). Restore it, or remove it: all routes end then.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static byte[] Create(string path, Action endRun)
    {
        endRun();
        byte[] key = RandomNumberGenerator.GetBytes(TagSealer.KeySize);
        return NewFile.TryCreate(path, key, WholeFile.OwnerOnly) ? key : File.ReadAllBytes(path);
    }
}
