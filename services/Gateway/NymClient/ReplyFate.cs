namespace NymDirectory.Gateway.NymClient;

/// <summary>What became of a reply. Nothing ever says that it arrived: taken is the best there is.</summary>
internal enum ReplyFate
{
    /// <summary>nym-client answered that very request: it is in its own queues.</summary>
    Taken,

    /// <summary>It was not sent, or nobody knows: the run ended, or the connection did before the answer. It may be sent again.</summary>
    RunLost,

    /// <summary>nym-client answered with an error, or it can never be sent.</summary>
    Refused,

    /// <summary>nym-client had no reply blocks for it and got none: nothing reaches the owner of that tag before they show up again.</summary>
    Unsent,
}
