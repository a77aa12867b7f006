namespace NymDirectory.Relay.Delivery;

/// <summary>
/// What became of a delivery here. Whatever is neither <see cref="Queued"/> nor <see cref="Answered"/> needs nothing more done: its lease ends, and it is due again.
/// </summary>
internal enum DeliveryOutcome
{
    /// <summary>The gateway has it and will report its fate.</summary>
    Queued,

    /// <summary>The gateway that brought the message delivers it itself: it went back with the answer.</summary>
    Answered,

    /// <summary>The gateway is in another run, or is another one.</summary>
    RouteNotLive,

    /// <summary>The gateway has no room now.</summary>
    QueueFull,

    /// <summary>The gateway could not be reached, or gave no usable answer, until the retries were used up.</summary>
    GatewayFailed,

    /// <summary>One before it in the same mailbox was not queued, and none may overtake.</summary>
    PredecessorFailed,

    /// <summary>It waited here so long that its lease might end under way.</summary>
    LeaseTooOld,

    /// <summary>More is held already, over all or for its gateway, than may be.</summary>
    NoRoom,

    /// <summary>The endpoint that came with it is not one that can be called.</summary>
    BadEndpoint,

    /// <summary>The Relay stops.</summary>
    Stopping,
}
