namespace NymDirectory.Load.Stages;

/// <summary>A part of a message's way through the node, from one span's beginning or end to another's.</summary>
internal enum Stage
{
    /// <summary>From the websocket until the Relay has it: reading it, its turn, company for a call, the call.</summary>
    ToRelay,

    /// <summary>Until its signature is checked.</summary>
    Check,

    /// <summary>Until the Directory has it: the others of its list, the call.</summary>
    ToDirectory,

    /// <summary>Until the commit that holds it is on the disk.</summary>
    Commit,

    /// <summary>Until the answer to the sender is queued for nym-client.</summary>
    Answer,

    /// <summary>From the commit, too, until nym-client is given the message for the recipient.</summary>
    Delivery,

    /// <summary>From the websocket until nym-client is given the message for the recipient.</summary>
    Whole,
}
