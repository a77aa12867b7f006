using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>How long a <c>send</c> may be tried again before its client is told that it was refused: section <c>Delay</c>.</summary>
internal sealed record DelayOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Delay";

    /// <summary>
    /// For how long after its arrival a new try is begun; 0 refuses at once. Default 15 s: with a last try of 10 s the answer comes before clients
    /// that wait for one, 30 s at most, give it up.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many may be delayed at once; more are refused at once. Default 1,024.</summary>
    [Range(0, 100_000)]
    public int MaxSends { get; init; } = 1_024;

    /// <summary>How many bytes of messages may be delayed at once; default 16 MB.</summary>
    [Range(0, long.MaxValue)]
    public long MaxBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many of them may be of one sender tag; default 64.</summary>
    [Range(0, 100_000)]
    public int MaxSendsOfOneTag { get; init; } = 64;
}
