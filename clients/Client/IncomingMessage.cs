using NymDirectory.Client.Receipts;

namespace NymDirectory.Client;

/// <summary>Something a contact sent: decrypted, and signed by the key that is pinned for them. Two are equal when they say the same.</summary>
/// <param name="Sender">The contact's username.</param>
/// <param name="Text">The message; empty for what is not <see cref="MessageKind.Text"/>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="ViaDirect">True: it came straight from the contact; false: through the node.</param>
public sealed record IncomingMessage(string Sender, string Text, MessageKind Kind, bool ViaDirect)
{
    /// <summary>
    /// The same each time this very message comes, whichever way: a hash of its sealed form. An application that keeps it with the message recognises one that it is
    /// shown again after a crash. Zero for <see cref="MessageKind.KeyConflict"/>.
    /// </summary>
    public UInt128 Id { get; init; }

    /// <summary>What follows it to the acknowledgement; null: nothing does.</summary>
    internal Handover? Handover { get; init; }

    /// <inheritdoc/>
    public bool Equals(IncomingMessage? other) => other is not null
        && (Sender, Text, Kind, ViaDirect) == (other.Sender, other.Text, other.Kind, other.ViaDirect);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sender, Text, Kind, ViaDirect);

    /// <summary>Says what it is and not what it says: content must not slip into logs.</summary>
    public override string ToString() => $"IncomingMessage({Kind}, redacted)";
}
