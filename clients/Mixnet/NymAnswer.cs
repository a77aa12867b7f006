namespace NymDirectory.Mixnet;

/// <summary>How a request ended.</summary>
public abstract record NymAnswer
{
    private NymAnswer()
    {
    }

    /// <summary>Only the kind of the answer: what it holds must not slip into logs.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>nym-client took the request into its own queues. Nothing ever says that a message arrived.</summary>
    /// <param name="QueueLength">Packets in the lane; see <see cref="LaneQueueLengthResponse"/>.</param>
    public sealed record Taken(ulong QueueLength) : NymAnswer;

    /// <summary>nym-client answered with an error.</summary>
    /// <param name="Code">Its kind; the text, which can quote the request, is not passed on.</param>
    public sealed record Refused(NymErrorCode Code) : NymAnswer;

    /// <summary>The answer to <see cref="SelfAddressRequest"/>.</summary>
    /// <param name="Value">nym-client's own address.</param>
    public sealed record Address(NymAddress Value) : NymAnswer;

    /// <summary>The connection ended before the answer came: nobody can say whether nym-client took the request.</summary>
    public sealed record ConnectionLost : NymAnswer;
}
