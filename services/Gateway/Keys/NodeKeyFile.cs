using System.Security.Cryptography;
using System.Text;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Hosting;
using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Keys;

/// <summary>The file of the node's private key: PKCS#8 PEM, sealed by PBES2 when there is a passphrase.</summary>
/// <param name="path">Where it is.</param>
/// <param name="passphrase">What seals it; null to keep it unsealed.</param>
internal sealed class NodeKeyFile(string path, string? passphrase)
{
    // What OWASP asks of PBKDF2 with HMAC-SHA256; about a tenth of a second at each start.
    private const int Iterations = 600_000;

    private const string SealedLabel = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    /// <summary>Reads the key; makes one at the first start. An existing file is never changed.</summary>
    /// <exception cref="InvalidConfigurationException">There is a file, but no key can be had from it; or none can be written.</exception>
    public LoadedKey LoadOrCreate() => LoadOr(SigningKey.Generate);

    /// <summary>Reads the key; if there is none, makes the file for this one, which belongs to the result then. An existing file is never changed.</summary>
    /// <exception cref="InvalidConfigurationException">There is a file, but no key can be had from it; or none can be written.</exception>
    public LoadedKey LoadOrAdopt(SigningKey key) => LoadOr(() => key);

    private LoadedKey LoadOr(Func<SigningKey> first)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return File.Exists(path) ? Load() : Create(first());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"The node's key file {path} cannot be read or written.");
        }
    }

    private LoadedKey Create(SigningKey key)
    {
        var pem = passphrase is null ? key.ExportPem() : key.ExportEncryptedPem(passphrase, Iterations);
        if (NewFile.TryCreate(path, Encoding.ASCII.GetBytes(pem), WholeFile.OwnerOnly))
        {
            return new LoadedKey(key, IsSealed: passphrase is not null, IsNew: true);
        }

        // Another Gateway of this node, which shares the file, was quicker.
        key.Dispose();
        return Load();
    }

    private LoadedKey Load()
    {
        var pem = File.ReadAllText(path);
        var isSealed = pem.Contains(SealedLabel, StringComparison.Ordinal);
        if (isSealed && passphrase is null)
        {
            throw new InvalidConfigurationException($"The node's key file {path} is sealed: set Gateway__KeyPassphraseFile.");
        }

        try
        {
            return new LoadedKey(isSealed ? SigningKey.FromEncryptedPem(pem, passphrase!) : SigningKey.FromPem(pem), isSealed, IsNew: false);
        }
        catch (CryptographicException)
        {
            throw new InvalidConfigurationException(isSealed
                ? $"The node's key file {path} does not open with this passphrase, or is no P-256 key."
                : $"The node's key file {path} holds no P-256 private key.");
        }
    }
}
