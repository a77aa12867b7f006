namespace NymDirectory.Client.Telemetry;

/// <summary>Why something that arrived was not taken, or something on its way out was given up.</summary>
public enum DropReason
{
    /// <summary>Not a JSON object with the four strings of the protocol, or not UTF-8, or too deep.</summary>
    Malformed,

    /// <summary>Over 1 MB.</summary>
    TooLarge,

    /// <summary>Not signed by the node.</summary>
    NodeSignature,

    /// <summary>Before the node's key is known.</summary>
    NodeKeyUnknown,

    /// <summary>Signed by the node, with an action or context that this version does not know.</summary>
    UnknownAction,

    /// <summary>An answer to nothing that was asked, or to an earlier attempt.</summary>
    UnexpectedAnswer,

    /// <summary>A challenge whose nonce is not exactly 32 lower-case hex digits; it was not signed.</summary>
    Nonce,

    /// <summary>A message whose content is not what nymCHAT puts in.</summary>
    MessageForm,

    /// <summary>A direct message from nobody we know, or not signed by them.</summary>
    DirectSignature,

    /// <summary>A direct message for somebody else.</summary>
    Recipient,

    /// <summary>The sender is not registered at the node.</summary>
    UnknownSender,

    /// <summary>A stranger's key was not the one that the node's look-up gave.</summary>
    SenderKey,

    /// <summary>No look-up for a stranger worked in the end, or too many strangers at once.</summary>
    LookUp,

    /// <summary>The payload is not signed by the sender.</summary>
    PayloadSignature,

    /// <summary>The payload cannot be decrypted, or holds something else than nymCHAT's plaintext.</summary>
    Payload,

    /// <summary>A handshake without a nym address in it.</summary>
    HandshakeAddress,

    /// <summary>Seen before.</summary>
    Duplicate,

    /// <summary>The caller does not read what was received.</summary>
    ReceiveFull,

    /// <summary>A message that was sent directly met silence, and the node refused it or was silent, too.</summary>
    DirectGivenUp,
}
