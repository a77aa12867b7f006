using System.Security.Cryptography;
using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage.Operations;
using NymDirectory.Load.Crowds;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Sizes.Filling;

/// <summary>A user who registered once and went away: with a key of their own, and a route of a run that is over.</summary>
internal sealed class NewUser
{
    private NewUser(CreateAccount account, byte[]? privateKey) => (Account, PrivateKey) = (account, privateKey);

    public CreateAccount Account { get; }

    /// <summary>PKCS#8; absent when nobody will need it.</summary>
    public byte[]? PrivateKey { get; }

    public static NewUser Create(int number, RunId run)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var route = new ReturnRoute(new GatewayId("gateway"), run, new SealedTag(RandomId()));
        var account = new CreateAccount(Name(number), P256PublicKey.FromCanonical(key.ExportSubjectPublicKeyInfo()), AccountFeatures.None, route);
        return new NewUser(account, number < FilledDatabase.MostWithKeys ? key.ExportPkcs8PrivateKey() : null);
    }

    public static Username Name(int number) => Username.TryParse(Person.NameOf(number, string.Empty), out var name)
        ? name
        : throw new InvalidOperationException("Names of users are valid.");

    public static SixteenBytes RandomId() => SixteenBytes.Read(RandomNumberGenerator.GetBytes(SixteenBytes.Size));
}
