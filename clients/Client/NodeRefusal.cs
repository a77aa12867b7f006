namespace NymDirectory.Client;

/// <summary>An expected refusal.</summary>
/// <param name="Reason">What it means.</param>
/// <param name="Raw">The node's own words (<c>error: …</c>), or the library's when it did not even ask.</param>
public sealed record NodeRefusal(RefusalReason Reason, string Raw)
{
    internal const string ErrorPrefix = "error: ";

    /// <summary>Whether to repeat the request at once: the node itself waited before it said so.</summary>
    internal bool IsWorthRepeating => Reason == RefusalReason.TemporarilyUnavailable;

    /// <summary>Whether the same request may be taken later.</summary>
    internal bool MayPass => Reason is RefusalReason.RateLimited or RefusalReason.MailboxFull or RefusalReason.TemporarilyUnavailable;

    internal static NodeRefusal From(string raw) => new(ReasonOf(raw), raw);

    private static RefusalReason ReasonOf(string raw) => raw switch
    {
        "error: missing username or public key" or "error: missing username" or "error: missing 'username' field" => RefusalReason.IncompleteRequest,
        "error: missing 'content' or 'signature'" or "error: invalid JSON in content" => RefusalReason.IncompleteRequest,
        "error: missing 'sender' or 'recipient' field in message content" => RefusalReason.IncompleteRequest,
        "error: invalid username format" => RefusalReason.InvalidUsername,
        "error: invalid public key" => RefusalReason.InvalidPublicKey,
        "error: username already in use" => RefusalReason.UsernameTaken,
        "error: no pending registration for sender" or "error: no pending login for sender" => RefusalReason.NoOpenChallenge,
        "error: signature verification failed" or "error: invalid signature" => RefusalReason.SignatureRejected,
        "error: user not found" => RefusalReason.UnknownUser,
        "error: unrecognized sender username" => RefusalReason.UnknownSender,
        "error: recipient not found" => RefusalReason.RecipientNotFound,
        "error: message too large" => RefusalReason.MessageTooLarge,
        "error: rate limit exceeded, try again later" => RefusalReason.RateLimited,
        "error: recipient mailbox full" => RefusalReason.MailboxFull,
        "error: temporarily unavailable" => RefusalReason.TemporarilyUnavailable,
        _ => RefusalReason.Other,
    };
}
