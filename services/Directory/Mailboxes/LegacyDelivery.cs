namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>What is promised to clients that do not acknowledge.</summary>
internal enum LegacyDelivery
{
    /// <summary>Handed over once: what nym-client took is done with.</summary>
    Once,

    /// <summary>
    /// What nym-client took is kept until a later sign of life on that tag, and handed over again at a login under a new one. These
    /// clients cannot tell copies: they show such a message twice.
    /// </summary>
    AtLeastOnce,
}
