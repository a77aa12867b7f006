namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>What <c>[debug.reply_surbs]</c> in a client's config.toml can say; names and defaults are nym-client's.</summary>
internal sealed record ReplyBlockSettings
{
    /// <summary>How many blocks of each tag are held back, only to ask for more. Counts only when the store is created.</summary>
    public int MinimumStorageThreshold { get; init; } = 10;

    /// <summary>How many blocks beyond those are kept by asking before they run short. Counts at every run.</summary>
    public int MinimumThresholdBuffer { get; init; }

    /// <summary>With so many in stock no more are asked for. Counts only when the store is created.</summary>
    public int MaximumStorageThreshold { get; init; } = 200;
}
