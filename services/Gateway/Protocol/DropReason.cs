namespace NymDirectory.Gateway.Protocol;

/// <summary>Why a message got no answer: the protocol has none for it.</summary>
internal enum DropReason
{
    /// <summary>Nothing was dropped.</summary>
    None,

    /// <summary>It came without a sender tag: nobody to answer.</summary>
    NoSenderTag,

    /// <summary>Its bytes are not UTF-8.</summary>
    NotUtf8,

    /// <summary>Not JSON, or nested deeper than <see cref="ProtocolLimits.MaxDepth"/>.</summary>
    NotJson,

    /// <summary>JSON, but not an object.</summary>
    NotAnObject,

    /// <summary>No <c>action</c>, or one that is not a string.</summary>
    NoAction,

    /// <summary>An <c>action</c> that no client of this protocol sends to a node.</summary>
    UnknownAction,

    /// <summary>An <c>ack</c> that holds no id, or is too large to be one.</summary>
    MalformedAck,

    /// <summary>The Gateway stops, and did not come to it in time.</summary>
    Stopping,

    /// <summary>Too much of its tag waits already.</summary>
    TagFlood,

    /// <summary>More is sent than nym-client has packets for, and too much waits already.</summary>
    TooManySends,

    /// <summary>The very same message of that tag waits already, and gets the answer.</summary>
    WaitsAlready,
}
