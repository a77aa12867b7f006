namespace NymDirectory.Gateway.Protocol;

/// <summary>Sizes that the node holds clients to. <c>info</c> announces those that clients can run into.</summary>
internal static class ProtocolLimits
{
    /// <summary>The version of the protocol, as <c>info</c> tells it.</summary>
    public const int ProtocolVersion = 1;

    /// <summary>The largest <c>content</c> of a <c>send</c>, in bytes of UTF-8.</summary>
    public const int MaxContentBytes = 128 * 1024;

    /// <summary>The largest message of any action but <c>send</c>, in bytes as it came.</summary>
    public const int MaxMessageBytes = 16 * 1024;

    /// <summary>
    /// The largest <c>send</c>, in bytes as it came: JSON can spend six bytes on one (<c>\u0000</c>), and the rest of the
    /// message has the room of any other. What is larger cannot hold an allowed <c>content</c> for a good reason.
    /// </summary>
    public const int MaxSendBytes = (6 * MaxContentBytes) + MaxMessageBytes;

    /// <summary>The most ids in one <c>ack</c>.</summary>
    public const int MaxAckIds = 256;

    /// <summary>The longest <c>ref</c>, in characters: with it, every constant answer still fits one packet.</summary>
    public const int MaxReferenceLength = 32;

    /// <summary>How deep a message may nest.</summary>
    public const int MaxDepth = 1000;

    /// <summary>The longest new username, in characters. The Directory sees to it.</summary>
    public const int MaxUsernameLength = 64;

    /// <summary>How long a challenge can be answered, in seconds. The Directory sees to it.</summary>
    public const int ChallengeSeconds = 300;
}
