namespace NymDirectory.Client;

/// <summary>When a received message counts as handed over, and is acknowledged to the node.</summary>
public enum HandoverPoint
{
    /// <summary>When it is read from <see cref="NymChatClient.Received"/>: what the application loses after that is its own loss.</summary>
    WhenRead,

    /// <summary>
    /// When the application calls <see cref="NymChatClient.ConfirmAsync"/>, after it has stored or shown the message: a crash before shows it again, and
    /// <see cref="IncomingMessage.Id"/> says that it is the same one.
    /// </summary>
    WhenConfirmed,
}
