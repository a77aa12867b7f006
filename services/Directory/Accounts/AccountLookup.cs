using NymDirectory.DirectoryService.Storage;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Accounts;

/// <summary>Looks names up.</summary>
internal sealed class AccountLookup(DirectoryStore store)
{
    /// <summary>The keys of these names, in their order; absent where there is no such account.</summary>
    public Task<P256PublicKey?[]> FindAsync(IReadOnlyList<string> usernames, CancellationToken cancellationToken) =>
        store.ReadAsync(sql => usernames.Select(username => Find(sql, username)).ToArray(), cancellationToken);

    public async Task<P256PublicKey?> FindAsync(Username username, CancellationToken cancellationToken) =>
        await store.ReadAsync(sql => AccountTable.FindKey(sql, username), cancellationToken);

    private static P256PublicKey? Find(Statements sql, string username) =>
        Username.TryParse(username, out var name) ? AccountTable.FindKey(sql, name) : null;
}
