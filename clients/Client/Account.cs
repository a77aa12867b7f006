using NymDirectory.Signatures;

namespace NymDirectory.Client;

/// <summary>What a node says about a registered user.</summary>
/// <param name="Username">The name asked for.</param>
/// <param name="PublicKey">The key it is registered with.</param>
public sealed record Account(string Username, P256PublicKey PublicKey)
{
    /// <summary>Says what it is and not whose: names must not slip into logs.</summary>
    public override string ToString() => "Account(redacted)";
}
