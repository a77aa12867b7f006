using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Import;

/// <summary>Makes accounts of old users, by the store's own operations. Once only: what is there already is left as it is.</summary>
internal sealed class UserImport(DirectoryStore store, ImportReport report)
{
    /// <summary>Takes over what can be; ends when that is on disk.</summary>
    public async Task AddAsync(IReadOnlyList<OldUser> users, CancellationToken cancellationToken)
    {
        // Together, so that they share commits; each completes when it is durable.
        var additions = users.Select(Begin).ToList();
        foreach (var (user, addition) in users.Zip(additions))
        {
            await ReportAsync(user, addition, cancellationToken);
        }
    }

    private Addition Begin(OldUser user)
    {
        // Its sender tag belongs to a nym-client that had other keys for it: the account has no route before its next login.
        var fault = OldUserRules.Judge(user, out var username, out var key);
        return fault is null
            ? new Addition(null, username, key, store.WriteAsync(new CreateAccount(username, key!, AccountFeatures.None, route: null)))
            : new Addition(fault, default, null, Task.FromResult(false));
    }

    private async Task ReportAsync(OldUser user, Addition addition, CancellationToken cancellationToken)
    {
        if (addition.Fault is { } fault)
        {
            report.LeaveOut(user, fault);
        }
        else if (await addition.Made)
        {
            report.Take();
        }
        else if (addition.Key!.Equals(await store.ReadAsync(sql => AccountTable.FindKey(sql, addition.Username), cancellationToken)))
        {
            report.Know();
        }
        else
        {
            report.LeaveOut(user, "the username is taken, with another key: in this node, or by an earlier row");
        }
    }

    private sealed record Addition(string? Fault, Username Username, P256PublicKey? Key, Task<bool> Made);
}
