using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// What nym-client received, from the socket's reader to the intake. Never waits. Until the run is known (somebody else's nym-client may have lost its
/// SURBs while we were away) messages are held: under a wrong run their senders could not be answered.
/// </summary>
internal sealed class Arrivals(
    Intake intake, OwnMessages ownMessages, TagSealer sealer, RecentTags recent, NymClientMetrics metrics, TimeProvider time, IOptions<QueueOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Queue<(ReceivedResponse Response, long Timestamp)> _held = new();
    private long _heldBytes;
    private RunId? _run;
    private long _count;

    /// <summary>Everything that was received so far, our own messages among it.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The run in which messages arrive from now on; null: it has to be found out.</summary>
    public void RunIs(RunId? run)
    {
        lock (_gate)
        {
            _run = run;
            while (run is not null && _held.TryDequeue(out var held))
            {
                _heldBytes -= held.Response.Message.Length;
                Add(held.Response, held.Timestamp, run.Value);
            }
        }
    }

    /// <summary>Called by the reader for each message, in order.</summary>
    public void Take(ReceivedResponse received)
    {
        Interlocked.Increment(ref _count);
        if (ownMessages.TryTake(received))
        {
            return;
        }

        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (_run is { } run)
            {
                Add(received, now, run);
            }
            else
            {
                Hold(received, now);
            }
        }
    }

    private void Hold(ReceivedResponse received, long now)
    {
        if (_held.Count >= options.Value.IntakeMessages || _heldBytes + received.Message.Length > options.Value.IntakeBytes)
        {
            metrics.IntakeDropped("run-unknown");
            return;
        }

        _held.Enqueue((received, now));
        _heldBytes += received.Message.Length;
    }

    private void Add(ReceivedResponse received, long timestamp, RunId run)
    {
        var tag = received.SenderTag is { } raw ? sealer.Seal(raw) : (SealedTag?)null;
        if (tag is { } known)
        {
            recent.Heard(known);
        }

        intake.TryAdd(new InboundMessage(tag, run, received.Message, timestamp));
    }
}
