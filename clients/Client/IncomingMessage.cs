namespace NymDirectory.Client;

/// <summary>Something a contact sent: decrypted, and signed by the key that is pinned for them.</summary>
/// <param name="Sender">The contact's username.</param>
/// <param name="Text">The message; empty for what is not <see cref="MessageKind.Text"/>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="ViaDirect">True: it came straight from the contact; false: through the node.</param>
public sealed record IncomingMessage(string Sender, string Text, MessageKind Kind, bool ViaDirect)
{
    /// <summary>Says what it is and not what it says: content must not slip into logs.</summary>
    public override string ToString() => $"IncomingMessage({Kind}, redacted)";
}
