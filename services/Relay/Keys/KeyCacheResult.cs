namespace NymDirectory.Relay.Keys;

/// <summary>What the cache knew of a sender's key.</summary>
internal enum KeyCacheResult
{
    /// <summary>Nothing; the Directory is asked.</summary>
    Miss,

    /// <summary>The key, which must be imported.</summary>
    Known,

    /// <summary>The key, ready to check with.</summary>
    Hit,
}
