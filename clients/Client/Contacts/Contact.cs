using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Contacts;

/// <summary>Somebody we write to or hear from. Kept by the caller's <see cref="IContactStore"/>.</summary>
public sealed record Contact
{
    /// <summary>The name they are registered with.</summary>
    public required string Username { get; init; }

    /// <summary>Their key, pinned when the contact was made: after that no message changes it.</summary>
    public required P256PublicKey PublicKey { get; init; }

    /// <summary>Where they can be reached directly; null: through the node only.</summary>
    public NymAddress? DirectAddress { get; init; }

    /// <summary>Whether they have our first message, which carries our public key.</summary>
    public bool FirstMessageSent { get; init; }

    /// <summary>Says what it is and not whose: names must not slip into logs.</summary>
    public override string ToString() => "Contact(redacted)";
}
