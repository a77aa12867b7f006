using System.Text;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Hosting;
using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Keys;

/// <summary>The public half of the node's key, for everybody to read.</summary>
internal static class PublicKeyFile
{
    /// <summary>Writes it anew; what was there is replaced.</summary>
    /// <exception cref="InvalidConfigurationException">It cannot be written.</exception>
    public static void Write(string path, P256PublicKey key)
    {
        try
        {
            WholeFile.Write(path, Encoding.UTF8.GetBytes(key.Pem), WholeFile.Everybody);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"The node's public key cannot be written to {path}.");
        }
    }
}
