using System.ComponentModel.DataAnnotations;

namespace NymDirectory.Mixnet;

/// <summary>How a connection that comes back behaves.</summary>
public sealed record NymClientConnectionOptions
{
    /// <summary>How many received messages wait for their reader; further ones are dropped and counted. Default: 1,000.</summary>
    [Range(1, 1_000_000)]
    public int ReceivedCapacity { get; init; } = 1000;

    /// <summary>Counts what was dropped. It must not block.</summary>
    public Action<NymDropReason>? OnDropped { get; init; }

    /// <summary>See <see cref="NymClientSessionOptions.MaxMessageBytes"/>. Default: 4 MB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>See <see cref="NymClientSessionOptions.MaxUnanswered"/>. Default: 32.</summary>
    [Range(1, 1024)]
    public int MaxUnanswered { get; init; } = 32;

    /// <summary>See <see cref="NymClientSessionOptions.HandshakeTimeout"/>. Default: 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>See <see cref="NymClientSessionOptions.CloseTimeout"/>. Default: 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest first pause before a new try. Default: 0.5 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause of all. Default: 30 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lasted this long makes the pauses start over. Default: 60 s.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Randomness of the pauses, in [0, 1): several clients of one machine must not all come back at the same moment.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    internal NymClientSessionOptions ForSession(Action<ReceivedResponse> onReceived) => new()
    {
        OnReceived = onReceived,
        OnDropped = OnDropped,
        MaxMessageBytes = MaxMessageBytes,
        MaxUnanswered = MaxUnanswered,
        HandshakeTimeout = HandshakeTimeout,
        CloseTimeout = CloseTimeout,
    };
}
