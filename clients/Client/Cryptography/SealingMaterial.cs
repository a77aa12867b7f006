using System.Security.Cryptography;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Cryptography;

/// <summary>What is fresh in each sealed payload. Tests fix it; everybody else takes <see cref="Fresh"/>.</summary>
/// <param name="Ephemeral">A key for this payload only.</param>
/// <param name="Salt">16 bytes for HKDF.</param>
/// <param name="InitializationVector">12 bytes for AES-GCM.</param>
internal sealed record SealingMaterial(SigningKey Ephemeral, byte[] Salt, byte[] InitializationVector) : IDisposable
{
    /// <summary>Length of the salt in bytes.</summary>
    public const int SaltSize = 16;

    /// <summary>Length of the initialization vector in bytes.</summary>
    public const int InitializationVectorSize = 12;

    /// <summary>New material from the system's random numbers.</summary>
    public static SealingMaterial Fresh() =>
        new(SigningKey.Generate(), RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(InitializationVectorSize));

    /// <inheritdoc/>
    public void Dispose() => Ephemeral.Dispose();
}
