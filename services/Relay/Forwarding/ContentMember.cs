namespace NymDirectory.Relay.Forwarding;

/// <summary>The members of a content that matter to the node.</summary>
internal enum ContentMember
{
    /// <summary>Any other: the node does not look at it.</summary>
    Other,

    /// <summary><c>sender</c>.</summary>
    Sender,

    /// <summary><c>recipient</c>.</summary>
    Recipient,

    /// <summary><c>body</c>.</summary>
    Body,

    /// <summary><c>senderPublicKey</c>.</summary>
    SenderPublicKey,
}
