using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Logging;

/// <summary>An address that a log line shows, as nym-client's do. Only written out when the line is.</summary>
internal readonly record struct PlainAddress(NymAddress Address)
{
    /// <inheritdoc/>
    public override string ToString() => Address.ToBase58();
}
