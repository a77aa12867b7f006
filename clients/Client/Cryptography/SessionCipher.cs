using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Cryptography;

/// <summary>ECDH, HKDF-SHA256 and AES-256-GCM, put together as protocol.md says under "Cryptography".</summary>
internal static class SessionCipher
{
    /// <summary>Length of the authentication tag in bytes.</summary>
    public const int TagSize = 16;

    private const int KeySize = 32;

    /// <summary>Encrypts; the result is as long as the plaintext.</summary>
    public static (byte[] Ciphertext, byte[] Tag) Encrypt(SigningKey mine, P256PublicKey theirs, byte[] salt, byte[] iv, byte[] plaintext)
    {
        var ciphertext = new byte[plaintext.Length];
        var tag = new byte[TagSize];
        using var aes = CreateCipher(mine, theirs, salt);
        aes.Encrypt(iv, plaintext, ciphertext, tag);
        return (ciphertext, tag);
    }

    /// <summary>Decrypts; false when it was made for another key or altered.</summary>
    public static bool TryDecrypt(SigningKey mine, SealedPayload payload, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = new byte[payload.Ciphertext.Length];
        try
        {
            using var aes = CreateCipher(mine, payload.EphemeralPublicKey, payload.Salt);
            aes.Decrypt(payload.InitializationVector, payload.Ciphertext, payload.Tag, plaintext);
            return true;
        }
        catch (CryptographicException)
        {
            plaintext = null;
            return false;
        }
    }

    private static AesGcm CreateCipher(SigningKey mine, P256PublicKey theirs, byte[] salt)
    {
        var secret = mine.DeriveSharedSecret(theirs);
        Span<byte> key = stackalloc byte[KeySize];
        try
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt, "ECDH session key"u8);
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
