namespace NymDirectory.Client.Cryptography;

/// <summary>What a plaintext is; the numbers are nymCHAT's own.</summary>
internal enum MessageType
{
    /// <summary>A chat message.</summary>
    Chat = 0,

    /// <summary>A handshake: the text is the sender's nym address.</summary>
    Handshake = 1,
}
