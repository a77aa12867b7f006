namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>What is written beside the rows of a store, so that the next run knows whether it can trust them.</summary>
internal sealed record StoreState
{
    /// <summary>A run has it open, or ended without a flush.</summary>
    public bool InUse { get; init; }

    /// <summary>A flush has begun and not ended.</summary>
    public bool Flushing { get; init; }

    /// <summary>A flush has been completed since the store was created.</summary>
    public bool EverFlushed { get; init; }

    /// <summary>The thresholds it was created with.</summary>
    public required ReplyBlockSettings Settings { get; init; }
}
