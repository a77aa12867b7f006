using NymDirectory.Mixnet;
using NymDirectory.Signatures;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>Keys of the vectors, and made-up nym addresses.</summary>
internal static class People
{
    public static Identity Alice { get; } = IdentityOf("alice");

    public static Identity Bob { get; } = IdentityOf("bob");

    public static SigningKey NodeKey { get; } = SigningKey.FromPem(Vectors.Load().Keys["node"].Private);

    public static NymAddress NodeAddress { get; } = AddressOf(1);

    public static NymAddress AddressOf(byte number)
    {
        var bytes = new byte[NymAddress.Size];
        Array.Fill(bytes, number);
        return NymAddress.FromBytes(bytes);
    }

    private static Identity IdentityOf(string name) => new(name, SigningKey.FromPem(Vectors.Load().Keys[name].Private));
}
