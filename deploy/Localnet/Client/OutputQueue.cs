using System.Threading.Channels;
using NymDirectory.Localnet.Packets;

namespace NymDirectory.Localnet.Client;

/// <summary>
/// Everything on its way to the mixnet. When the output is paced, each slot takes one held message into the lanes and sends one packet out
/// of them: so the unanswered
/// requests are the backlog as long as replies have one packet each, and longer ones pile up in their lanes.
/// </summary>
internal sealed class OutputQueue(IHubLink hub, MixnetConditions conditions, LaneBuffers lanes, TimeProvider time) : IDisposable
{
    /// <summary>How many messages with a connection id are taken before their answers are withheld.</summary>
    public const int Held = 10;

    // How far the slots may lag behind the clock and catch up: timers are coarse.
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private readonly SemaphoreSlim _free = new(Held);
    private long _nextSlot = time.GetTimestamp();

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    /// <summary>Takes a message at once, however much waits: nothing without a connection id is ever held back.</summary>
    public void Take(OutgoingMessage message) => _entries.Writer.TryWrite(new Entry(message, Held: false));

    /// <summary>Takes a message as soon as there is room: this is what an answer to a request waits for.</summary>
    public async ValueTask TakeHeldAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        _entries.Writer.TryWrite(new Entry(message, Held: true));
    }

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!lanes.IsEmpty || await _entries.Reader.WaitToReadAsync(cancellationToken))
        {
            await conditions.WhileSilentAsync(cancellationToken);
            if (conditions.PacketsPerSecond <= 0)
            {
                await SendAllAsync(cancellationToken);
            }
            else if (await NextSlotAsync(cancellationToken))
            {
                await SendPacketAsync(cancellationToken);
            }
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        while (!lanes.IsEmpty)
        {
            await SendPacketAsync(cancellationToken);
        }

        while (_entries.Reader.TryRead(out var entry) && conditions.PacketsPerSecond <= 0)
        {
            await hub.SendAsync(entry.Message, cancellationToken);
            Release(entry);
            await conditions.WhileSilentAsync(cancellationToken);
        }
    }

    private async Task SendPacketAsync(CancellationToken cancellationToken)
    {
        TakeIntoLanes();
        if (lanes.TakePacket() is { } message)
        {
            await hub.SendAsync(message, cancellationToken);
        }
    }

    private void TakeIntoLanes()
    {
        var held = false;
        while (!held && _entries.Reader.TryRead(out var entry))
        {
            lanes.Add(entry.Message);
            Release(entry);
            held = entry.Held;
        }
    }

    private void Release(Entry entry)
    {
        if (entry.Held)
        {
            _free.Release();
        }
    }

    // False: the pace changed while it waited.
    private async ValueTask<bool> NextSlotAsync(CancellationToken cancellationToken)
    {
        var pace = conditions.PacketsPerSecond;
        var interval = (long)(time.TimestampFrequency / pace);
        var now = time.GetTimestamp();
        var earliest = now - (long)(CatchUp.TotalSeconds * time.TimestampFrequency);
        var slot = Math.Max(_nextSlot, earliest);
        if (slot > now)
        {
            await conditions.WaitAsync(time.GetElapsedTime(now, slot), cancellationToken);
        }

        if (conditions.PacketsPerSecond != pace)
        {
            return false;
        }

        _nextSlot = slot + interval;
        return true;
    }

    private readonly record struct Entry(OutgoingMessage Message, bool Held);
}
