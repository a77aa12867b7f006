using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace NymDirectory.Gateway.NymClient;

/// <summary>
/// What nym-client received, on its way to Dispatch. Adding never waits, because nym-client stops taking requests while its
/// reader does not read: what does not fit is dropped and counted.
/// </summary>
internal sealed class Intake
{
    private readonly Channel<InboundMessage> _messages;
    private readonly NymClientMetrics _metrics;
    private readonly long _maxBytes;
    private long _bytes;
    private volatile bool _closed;

    public Intake(IOptions<QueueOptions> options, NymClientMetrics metrics)
    {
        _messages = Channel.CreateBounded<InboundMessage>(options.Value.IntakeMessages);
        _maxBytes = options.Value.IntakeBytes;
        _metrics = metrics;
        metrics.ObserveIntake(() => Depth);
    }

    /// <summary>Messages that wait.</summary>
    public int Depth => _messages.Reader.Count;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Adds or drops, at once. A drop is counted with its reason.</summary>
    public bool TryAdd(InboundMessage message)
    {
        if (Interlocked.Add(ref _bytes, message.Message.Length) <= _maxBytes && _messages.Writer.TryWrite(message))
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -message.Message.Length);
        _metrics.IntakeDropped(_closed ? "stopping" : "intake-full");
        return false;
    }

    /// <summary>Everything that arrives, until the Gateway stops and what had been received before is handed out.</summary>
    public async IAsyncEnumerable<InboundMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            Interlocked.Add(ref _bytes, -message.Message.Length);
            yield return message;
        }
    }

    /// <summary>The Gateway stops: nothing more is accepted, what waits can still be read.</summary>
    public void Close()
    {
        _closed = true;
        _messages.Writer.TryComplete();
    }
}
