using System.Collections.Concurrent;

namespace NymDirectory.Client.Contacts;

/// <summary>Forgets everything at the end of the process: for tests and demonstrations.</summary>
public sealed class InMemoryContactStore : IContactStore
{
    private readonly ConcurrentDictionary<string, Contact> _contacts = new(StringComparer.Ordinal);

    /// <summary>Everybody, in no particular order.</summary>
    public IReadOnlyCollection<Contact> All => [.. _contacts.Values];

    /// <inheritdoc/>
    public ValueTask<Contact?> FindAsync(string username, CancellationToken cancellationToken) => new(_contacts.GetValueOrDefault(username));

    /// <inheritdoc/>
    public ValueTask SaveAsync(Contact contact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contact);
        _contacts[contact.Username] = contact;
        return ValueTask.CompletedTask;
    }
}
