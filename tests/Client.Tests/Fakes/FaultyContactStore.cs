using NymDirectory.Client.Contacts;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>Keeps contacts in memory, and fails when it is told to.</summary>
internal sealed class FaultyContactStore : IContactStore
{
    private readonly InMemoryContactStore _contacts = new();
    private int _failures;

    /// <summary>How many of the next saves fail.</summary>
    public int Failures
    {
        get => Volatile.Read(ref _failures);
        set => Volatile.Write(ref _failures, value);
    }

    public IReadOnlyCollection<Contact> All => _contacts.All;

    public ValueTask<Contact?> FindAsync(string username, CancellationToken cancellationToken) => _contacts.FindAsync(username, cancellationToken);

    public ValueTask SaveAsync(Contact contact, CancellationToken cancellationToken) => Interlocked.Decrement(ref _failures) >= 0
        ? throw new InvalidOperationException("The store is told to fail.")
        : _contacts.SaveAsync(contact, cancellationToken);
}
