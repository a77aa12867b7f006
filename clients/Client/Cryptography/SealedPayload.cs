using System.Diagnostics.CodeAnalysis;
using NymDirectory.Client.Json;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Cryptography;

/// <summary>The members of <c>encryptedPayload</c>, checked for their form.</summary>
/// <param name="EphemeralPublicKey">The sender's key for this payload only.</param>
/// <param name="Salt">For HKDF; the sender's choice, existing clients use 16 bytes.</param>
/// <param name="InitializationVector">12 bytes.</param>
/// <param name="Ciphertext">As long as the plaintext.</param>
/// <param name="Tag">16 bytes.</param>
internal sealed record SealedPayload(
    P256PublicKey EphemeralPublicKey, byte[] Salt, byte[] InitializationVector, byte[] Ciphertext, byte[] Tag)
{
    /// <summary>Reads an <c>encryptedPayload</c>. Never throws.</summary>
    public static bool TryRead(JsonValue? json, [NotNullWhen(true)] out SealedPayload? payload)
    {
        payload = null;
        var encrypted = json?["encryptedBody"];
        if (!P256PublicKey.TryParsePem(json?.Text("ephemeralPublicKey"), out var key)
            || FromHex(json?.Text("salt")) is not { } salt
            || FromHex(encrypted?.Text("iv")) is not { Length: SealingMaterial.InitializationVectorSize } iv
            || FromHex(encrypted?.Text("ciphertext")) is not { } ciphertext
            || FromHex(encrypted?.Text("tag")) is not { Length: SessionCipher.TagSize } tag)
        {
            return false;
        }

        payload = new SealedPayload(key, salt, iv, ciphertext, tag);
        return true;
    }

    private static byte[]? FromHex(string? hex)
    {
        if (hex is null || hex.Length % 2 != 0)
        {
            return null;
        }

        var bytes = new byte[hex.Length / 2];
        return Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }
}
