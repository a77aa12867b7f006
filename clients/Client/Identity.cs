using NymDirectory.Signatures;

namespace NymDirectory.Client;

/// <summary>Who a client is: a username and the private key it is (or will be) registered with. Made and kept by the caller, who also disposes the key.</summary>
/// <param name="Username"><c>[A-Za-z0-9_-]+</c>, at most 64 characters, case-sensitive.</param>
/// <param name="Key">The user's P-256 key.</param>
public sealed record Identity(string Username, SigningKey Key)
{
    /// <summary>Says what it is and not whose: names must not slip into logs.</summary>
    public override string ToString() => "Identity(redacted)";
}
