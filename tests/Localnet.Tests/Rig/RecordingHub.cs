using System.Threading.Channels;
using NymDirectory.Localnet.Client;
using NymDirectory.Localnet.Packets;

namespace NymDirectory.Localnet.Tests.Rig;

/// <summary>Takes what a client sends.</summary>
internal sealed class RecordingHub : IHubLink
{
    private readonly Channel<OutgoingMessage> _sent = Channel.CreateUnbounded<OutgoingMessage>();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public ChannelReader<OutgoingMessage> Sent => _sent.Reader;

    public ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite(message);
        Interlocked.Increment(ref _count);
        return ValueTask.CompletedTask;
    }
}
