using System.Security.Cryptography;
using System.Text;
using NymDirectory.Hosting.Commands;
using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Keys;

/// <summary>
/// The key file of an existing nymDirectory (<c>…_private_key.enc</c>): base64 of salt 16 · IV 12 · tag 16 · ciphertext. AES-256-GCM under
/// PBKDF2-HMAC-SHA256 of the passphrase; inside is PKCS#8 PEM.
/// </summary>
internal static class OldKeyFile
{
    private const int Iterations = 100_000;
    private const int SaltSize = 16;
    private const int IvSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int HeadSize = SaltSize + IvSize + TagSize;

    // A key of P-256 makes 380 characters; whatever is much larger is another file.
    private const int MaxFileSize = 16 * 1024;

    /// <summary>Opens it. The file is only read.</summary>
    /// <exception cref="CommandFailedException">It is not such a file, or the passphrase is another, or the key is.</exception>
    public static SigningKey Open(string path, string passphrase)
    {
        var content = Decode(path);
        var pem = new byte[content.Length - HeadSize];
        try
        {
            Decrypt(content, passphrase, pem);
            return SigningKey.FromPem(Encoding.ASCII.GetString(pem));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new CommandFailedException($"{path} does not open with this passphrase, or is damaged.");
        }
        catch (CryptographicException)
        {
            throw new CommandFailedException($"{path} opens, but holds no P-256 private key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    private static void Decrypt(ReadOnlySpan<byte> content, string passphrase, Span<byte> pem)
    {
        var salt = content[..SaltSize];
        var iv = content.Slice(SaltSize, IvSize);
        var key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Iterations, HashAlgorithmName.SHA256, KeySize);
        try
        {
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(iv, content[HeadSize..], content.Slice(SaltSize + IvSize, TagSize), pem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static byte[] Decode(string path)
    {
        try
        {
            if (new FileInfo(path).Length <= MaxFileSize && Convert.FromBase64String(File.ReadAllText(path)) is { Length: > HeadSize } content)
            {
                return content;
            }
        }
        catch (FormatException)
        {
            // Said below.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path} cannot be read.");
        }

        throw new CommandFailedException($"{path} is not the key file of a nymDirectory.");
    }
}
