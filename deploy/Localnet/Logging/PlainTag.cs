using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Logging;

/// <summary>A sender tag that a log line shows, as nym-client's do. Only written out when the line is.</summary>
internal readonly record struct PlainTag(SenderTag Tag)
{
    /// <inheritdoc/>
    public override string ToString() => Tag.ToBase58();
}
