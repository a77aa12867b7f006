namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// What the Relay needs of a signed content: the two names as text, and the members that the recipient gets as the very bytes that came.
/// </summary>
internal sealed class SignedContent
{
    /// <summary>Who says to have written it.</summary>
    public required string Sender { get; init; }

    /// <summary>For whom it is.</summary>
    public required string Recipient { get; init; }

    /// <summary>The sender's name as it was written, quotes and escapes included.</summary>
    public required ReadOnlyMemory<byte> SenderText { get; init; }

    /// <summary>The body as it was written, whatever JSON it is; empty when there was none.</summary>
    public required ReadOnlyMemory<byte> BodyText { get; init; }

    /// <summary>The sender's key as it was written, whatever JSON it is; empty when there was none.</summary>
    public required ReadOnlyMemory<byte> SenderPublicKeyText { get; init; }
}
