using System.Security.Cryptography;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Crowds;

/// <summary>One user: a name, a key, a sender tag.</summary>
/// <param name="Number">Also the key of all of this user's reply blocks.</param>
/// <param name="Name">The username.</param>
/// <param name="Key">The key that the user registers and signs with.</param>
/// <param name="Tag">As the node's nym-client sees the user.</param>
internal sealed record Person(int Number, string Name, SigningKey Key, SenderTag Tag)
{
    // Odd, so that no two numbers get the same name; names are spread over the alphabet, as people's are, and not one after the other.
    private const uint Scatter = 0x9E3779B1;

    public static Person Create(int number, string suffix) => Known(number, NameOf(number, suffix), SigningKey.Generate());

    /// <summary>A user who has a key already.</summary>
    public static Person Known(int number, string name, SigningKey key) =>
        new(number, name, key, SenderTag.FromBytes(RandomNumberGenerator.GetBytes(SenderTag.Size)));

    /// <summary>The name of the user with this number.</summary>
    public static string NameOf(int number, string suffix) => $"u{unchecked((uint)number * Scatter):x8}{suffix}";

    /// <summary>Says what it is and nothing else, as such types do everywhere here.</summary>
    public override string ToString() => "Person(redacted)";
}
