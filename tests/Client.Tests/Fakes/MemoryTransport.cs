using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using NymDirectory.Client.Transport;
using NymDirectory.Mixnet;

namespace NymDirectory.Client.Tests.Fakes;

/// <summary>One client's place in a mixnet that is this process.</summary>
internal sealed class MemoryTransport(MemoryMixnet mixnet, NymAddress address) : IMixnetTransport
{
    private readonly Channel<ReadOnlyMemory<byte>> _inbox = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();

    public NymAddress Address => address;

    /// <summary>What was sent without SURBs, to whom.</summary>
    public ConcurrentQueue<(NymAddress Recipient, string Message)> Plain { get; } = [];

    /// <summary>Makes everything that is sent fail.</summary>
    public bool Broken { get; set; }

    public void Bring(string message) => Bring(Encoding.UTF8.GetBytes(message));

    public void Bring(ReadOnlyMemory<byte> message) => _inbox.Writer.TryWrite(message);

    public void End() => _inbox.Writer.TryComplete();

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) => _inbox.Reader.ReadAllAsync(cancellationToken);

    public ValueTask<NymAddress> SelfAddressAsync(CancellationToken cancellationToken) => new(address);

    public ValueTask SendAsync(NymAddress recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        Plain.Enqueue((recipient, Encoding.UTF8.GetString(message.Span)));
        mixnet.Carry(recipient, message);
        return ValueTask.CompletedTask;
    }

    public ValueTask SendAnonymousAsync(
        NymAddress recipient, ReadOnlyMemory<byte> message, uint replySurbs, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        Assert.Equal(People.NodeAddress, recipient);
        mixnet.Node.Receive(this, Encoding.UTF8.GetString(message.Span), replySurbs);
        return ValueTask.CompletedTask;
    }

    private void ThrowIfBroken()
    {
        if (Broken)
        {
            throw new IOException("broken by the test");
        }
    }
}
