using NymDirectory.Mixnet;

namespace NymDirectory.Client.Transport;

/// <summary>What a client needs of the mixnet. <see cref="NymClientTransport"/> is the real one; tests have one in memory.</summary>
public interface IMixnetTransport
{
    /// <summary>The messages from the mixnet, as they come. Ends when there will be none any more. One reader at a time, one after the other.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>The address at which others reach this client.</summary>
    /// <exception cref="IOException">It cannot be learned.</exception>
    ValueTask<NymAddress> SelfAddressAsync(CancellationToken cancellationToken);

    /// <summary>Sends without a way to answer: the recipient gets no sender tag. Nothing says whether it arrives.</summary>
    /// <exception cref="IOException">It could not be handed to the mixnet; what became of it is not known.</exception>
    ValueTask SendAsync(NymAddress recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Sends with SURBs for answers: the recipient gets a sender tag and not our address. Nothing says whether it arrives.</summary>
    /// <exception cref="IOException">It could not be handed to the mixnet; what became of it is not known.</exception>
    ValueTask SendAnonymousAsync(NymAddress recipient, ReadOnlyMemory<byte> message, uint replySurbs, CancellationToken cancellationToken);
}
