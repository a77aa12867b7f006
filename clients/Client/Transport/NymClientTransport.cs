using System.Runtime.CompilerServices;
using NymDirectory.Mixnet;

namespace NymDirectory.Client.Transport;

/// <summary>The mixnet by way of a nym-client. The connection stays the caller's.</summary>
public sealed class NymClientTransport(NymClientConnection connection) : IMixnetTransport
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var received in connection.Received.ReadAllAsync(cancellationToken))
        {
            yield return received.Message;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<NymAddress> SelfAddressAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await connection.SelfAddressAsync(cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new IOException("nym-client does not say its address.", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(NymAddress recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        Check(await connection.SendAsync(recipient, message, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask SendAnonymousAsync(
        NymAddress recipient, ReadOnlyMemory<byte> message, uint replySurbs, CancellationToken cancellationToken) =>
        Check(await connection.SendAnonymousAsync(recipient, message, replySurbs, cancellationToken));

    private static void Check(NymAnswer answer)
    {
        if (answer is not NymAnswer.Taken)
        {
            throw new IOException($"nym-client did not take the message: {answer}.");
        }
    }
}
