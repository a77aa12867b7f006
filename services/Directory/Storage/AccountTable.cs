using NymDirectory.DirectoryService.Accounts;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Reads accounts.</summary>
internal static class AccountTable
{
    private const string KeyByUsername = "SELECT public_key_spki FROM accounts WHERE username = $1";

    public static P256PublicKey? FindKey(Statements sql, Username username) => sql.First(
        KeyByUsername, row => P256PublicKey.FromCanonical(row.GetSpan(0)), username.Value);
}
