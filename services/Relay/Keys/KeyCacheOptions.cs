using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Relay.Keys;

/// <summary>The cache of senders' keys, section <c>KeyCache</c>.</summary>
internal sealed record KeyCacheOptions
{
    /// <summary>Where it is in the configuration.</summary>
    public const string Section = "KeyCache";

    /// <summary>How many keys are kept at most; about 8 KB each. Default 2,000.</summary>
    [Range(2, 1_000_000)]
    public int Capacity { get; init; } = 2_000;
}
