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
    public static Person Create(int number, string prefix) => new(
        number, $"{prefix}{number:x8}", SigningKey.Generate(), SenderTag.FromBytes(RandomNumberGenerator.GetBytes(SenderTag.Size)));

    /// <summary>Says what it is and nothing else, as such types do everywhere here.</summary>
    public override string ToString() => "Person(redacted)";
}
