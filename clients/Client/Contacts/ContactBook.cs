using System.Diagnostics.CodeAnalysis;

namespace NymDirectory.Client.Contacts;

/// <summary>
/// Changes contacts one at a time: receiving, sending and the fall-back to the node all change the same ones, and a lost update would bring a
/// silent address back.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The gate has no wait handle; disposing it would fail those who are about to leave it.")]
internal sealed class ContactBook(IContactStore store)
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <inheritdoc cref="IContactStore.FindAsync"/>
    public Task<Contact?> FindAsync(string username, CancellationToken cancellationToken) =>
        WithGateAsync(() => store.FindAsync(username, cancellationToken), cancellationToken);

    /// <summary>Adds a contact for that account unless there is one, and returns the one that is kept: a pinned key stays.</summary>
    public Task<Contact> AddAsync(Account account, CancellationToken cancellationToken) => WithGateAsync(
        async () =>
        {
            if (await store.FindAsync(account.Username, cancellationToken) is { } known)
            {
                return known;
            }

            var contact = new Contact { Username = account.Username, PublicKey = account.PublicKey };
            await store.SaveAsync(contact, cancellationToken);
            return contact;
        },
        cancellationToken);

    /// <summary>Changes a contact if it is (still) there.</summary>
    public Task UpdateAsync(string username, Func<Contact, Contact> change, CancellationToken cancellationToken) => WithGateAsync(
        async () =>
        {
            if (await store.FindAsync(username, cancellationToken) is { } before && change(before) is var after && after != before)
            {
                await store.SaveAsync(after, cancellationToken);
            }

            return true;
        },
        cancellationToken);

    private async Task<T> WithGateAsync<T>(Func<ValueTask<T>> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await action();
        }
        finally
        {
            _gate.Release();
        }
    }
}
