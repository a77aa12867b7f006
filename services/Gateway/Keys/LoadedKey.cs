using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Keys;

/// <summary>The node's key and how it was found.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsSealed">Whether a passphrase guards the file.</param>
/// <param name="IsNew">Whether it was made just now.</param>
internal sealed record LoadedKey(SigningKey Key, bool IsSealed, bool IsNew);
