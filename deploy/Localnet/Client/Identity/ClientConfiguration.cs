using NymDirectory.Localnet.ReplyBlocks;

namespace NymDirectory.Localnet.Client.Identity;

/// <summary>What a client's config.toml says, as far as it is used here.</summary>
internal sealed record ClientConfiguration
{
    /// <summary>Where the websocket listens.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>On which port.</summary>
    public int Port { get; init; } = 1977;

    /// <summary>Whether the output is paced at all.</summary>
    public bool NoPacing { get; init; }

    /// <summary>Whether the output is paced five times as fast.</summary>
    public bool Fast { get; init; }

    /// <summary>The section that nym-client reads but does not write.</summary>
    public ReplyBlockSettings ReplyBlocks { get; init; } = new();
}
