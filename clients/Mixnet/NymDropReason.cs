namespace NymDirectory.Mixnet;

/// <summary>Why something that nym-client sent was dropped.</summary>
public enum NymDropReason
{
    /// <summary>The message was longer than the cap.</summary>
    Oversized,

    /// <summary>The frame is not a response in its form.</summary>
    Unparsable,

    /// <summary>An answer came while no request that fits it was unanswered.</summary>
    UnmatchedAnswer,

    /// <summary>A message arrived while the queue for received messages was full.</summary>
    QueueFull,
}
