namespace NymDirectory.Client;

/// <summary>What a refusal means. New ones of a newer node are <see cref="Other"/>, with the raw text beside it.</summary>
public enum RefusalReason
{
    /// <summary>A refusal that this version does not know.</summary>
    Other,

    /// <summary>Members of the request were missing or malformed.</summary>
    IncompleteRequest,

    /// <summary>The username is not of the form <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    InvalidUsername,

    /// <summary>The node does not take that key.</summary>
    InvalidPublicKey,

    /// <summary>Somebody has that name already.</summary>
    UsernameTaken,

    /// <summary>The node has no challenge open for us.</summary>
    NoOpenChallenge,

    /// <summary>The node did not accept our signature: the name is registered with another key.</summary>
    SignatureRejected,

    /// <summary>Login: nobody has that name.</summary>
    UnknownUser,

    /// <summary>Send: we are not registered there.</summary>
    UnknownSender,

    /// <summary>Nobody has the recipient's name.</summary>
    RecipientNotFound,

    /// <summary>The message is larger than the node takes.</summary>
    MessageTooLarge,

    /// <summary>Too many requests; try later.</summary>
    RateLimited,

    /// <summary>Too much waits for the recipient already.</summary>
    MailboxFull,

    /// <summary>A part of the node did not answer in time, after all attempts. Nothing was lost: try again later.</summary>
    TemporarilyUnavailable,
}
