using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>Writes keys as the contract has them.</summary>
internal static class AccountKeys
{
    public static AccountKey ToContract(string username, P256PublicKey key) => new()
    {
        Username = username,
        PublicKeyPem = key.Pem,
        KeyId = ByteString.CopyFrom(key.KeyId.ToArray()),
    };
}
