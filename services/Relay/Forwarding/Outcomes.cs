using NymDirectory.Contracts.V1;

namespace NymDirectory.Relay.Forwarding;

/// <summary>The outcomes of messages, made once: they carry nothing but themselves.</summary>
internal static class Outcomes
{
    /// <summary>It is on disk.</summary>
    public static readonly ForwardOutcome Accepted = new() { Accepted = new() };

    /// <summary>The content is not JSON.</summary>
    public static readonly ForwardOutcome InvalidContent = new() { InvalidContent = new() };

    /// <summary>The content names no sender or no recipient.</summary>
    public static readonly ForwardOutcome MissingSenderOrRecipient = new() { MissingSenderOrRecipient = new() };

    /// <summary>Nobody has the sender's name.</summary>
    public static readonly ForwardOutcome UnrecognizedSender = new() { UnrecognizedSender = new() };

    /// <summary>The signature is not the sender's over these bytes.</summary>
    public static readonly ForwardOutcome InvalidSignature = new() { InvalidSignature = new() };

    /// <summary>Nobody has the recipient's name.</summary>
    public static readonly ForwardOutcome RecipientNotFound = new() { RecipientNotFound = new() };

    /// <summary>The recipient's mailbox has no room.</summary>
    public static readonly ForwardOutcome MailboxFull = new() { MailboxFull = new() };
}
