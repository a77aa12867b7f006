namespace NymDirectory.Client.Contacts;

/// <summary>Keeps contacts for the client, so that it can be taken up again later. The client makes one call at a time.</summary>
public interface IContactStore
{
    /// <summary>The contact of that name (case-sensitive); null when there is none.</summary>
    ValueTask<Contact?> FindAsync(string username, CancellationToken cancellationToken);

    /// <summary>Adds the contact, or replaces the one of the same name.</summary>
    ValueTask SaveAsync(Contact contact, CancellationToken cancellationToken);
}
