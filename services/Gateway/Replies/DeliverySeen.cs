namespace NymDirectory.Gateway.Replies;

/// <summary>Whether a delivery was handed over before, in the same run.</summary>
internal enum DeliverySeen
{
    /// <summary>No.</summary>
    New,

    /// <summary>Yes, and it waits for nym-client.</summary>
    Pending,

    /// <summary>Yes, and nym-client took it.</summary>
    Taken,

    /// <summary>Yes, and in a later round: this hand-over comes too late.</summary>
    Superseded,
}
