using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Relay.Keys;

/// <summary>The cache of senders' keys, section <c>KeyCache</c>. An imported key costs much more memory than one that is only known, so more are known.</summary>
internal sealed record KeyCacheOptions
{
    /// <summary>Where it is in the configuration.</summary>
    public const string Section = "KeyCache";

    /// <summary>How many keys are kept imported, ready to check with; about 8 KB each. Default 3,000.</summary>
    [Range(3, 1_000_000)]
    public int Capacity { get; init; } = 3_000;

    /// <summary>Of how many names the key is known, so that the Directory is not asked for it; about 0.8 KB each. Default 10,000.</summary>
    [Range(3, 10_000_000)]
    public int Known { get; init; } = 10_000;
}
