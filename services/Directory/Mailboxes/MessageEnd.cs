namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>Why a message is no longer kept.</summary>
internal enum MessageEnd
{
    /// <summary>nym-client took it, for a client that does not acknowledge.</summary>
    Taken,

    /// <summary>Its recipient's client has it.</summary>
    Acknowledged,

    /// <summary>It was taken, and its recipient showed to be there (<see cref="LegacyDelivery.AtLeastOnce"/>).</summary>
    SignOfLife,

    /// <summary>It was taken, and had to make room (<see cref="LegacyDelivery.AtLeastOnce"/>).</summary>
    MadeRoom,

    /// <summary>Its time was over before it could be sent.</summary>
    ExpiredUnsent,

    /// <summary>Its time was over; it had been sent, and nobody had said that it arrived.</summary>
    ExpiredUnacknowledged,
}
