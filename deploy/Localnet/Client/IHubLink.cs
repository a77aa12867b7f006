using NymDirectory.Localnet.Packets;

namespace NymDirectory.Localnet.Client;

/// <summary>Where a client's messages leave it. The hub in a run, a list in tests.</summary>
internal interface IHubLink
{
    /// <summary>Hands a message over; waits as long as nobody is there.</summary>
    ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
