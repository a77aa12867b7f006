using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Gateway.Telemetry;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>
/// nym-client carries few packets. When more is sent than it can answer, <c>send</c>s wait here before they are accepted, and not their answers and deliveries after
/// that: so what was accepted is delivered soon, and everything else that clients ask is answered as ever. Tags are served in turn, each in order.
/// </summary>
internal sealed class WaitingSends
{
    // One tag gets a quarter of the room.
    private const int Shares = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<SealedTag, Queue<WaitingSend>> _lanes = [];
    private readonly Queue<SealedTag> _turns = new();
    private readonly AnswerWindow _window = new();
    private readonly QueueOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger<WaitingSends> _logger;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private long _bytes;
    private int _open;
    private int _running;
    private bool _stopping;

    public WaitingSends(IOptions<QueueOptions> options, GatewayMetrics metrics, ILogger<WaitingSends> logger)
    {
        (_options, _metrics, _logger) = (options.Value, metrics, logger);
        metrics.ObserveWaitingSends(() => Count);
    }

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>True: it may be handled now, and <see cref="End"/> is called for it. False: it has to wait.</summary>
    public bool TryBegin(SealedTag tag)
    {
        lock (_gate)
        {
            bool begins = _turns.Count == 0 && !_lanes.ContainsKey(tag) && _open < _window.Size;
            _open += begins ? 1 : 0;
            return begins;
        }
    }

    /// <summary>One that was begun needs no answer any more: nym-client took it, so long after it was queued, or it came otherwise.</summary>
    public void End(TimeSpan? taken)
    {
        lock (_gate)
        {
            _open--;
            if (taken is { } after)
            {
                _window.Taken(after);
            }

            BeginWhatMay();
        }
    }

    /// <summary>Lets one wait. Otherwise it is dropped, and the reason counted: no answer, since that would take the packets of those that are accepted.</summary>
    public void Add(SealedTag tag, WaitingSend send)
    {
        DropReason reason;
        lock (_gate)
        {
            reason = Judge(_lanes.GetValueOrDefault(tag), send);
            if (reason == DropReason.None)
            {
                Enqueue(tag, send);
                BeginWhatMay();
                return;
            }
        }

        send.Drop();
        _metrics.MessageDropped(reason);
    }

    /// <summary>Ends when none waits and none that waited is being handled.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            NoteStopped();
        }

        return _stopped.Task;
    }

    /// <summary>There is no time left: those that wait are dropped.</summary>
    public void DropAll()
    {
        List<WaitingSend> dropped;
        lock (_gate)
        {
            dropped = [.. _lanes.Values.SelectMany(lane => lane)];
            _turns.Clear();
            foreach (var (tag, lane) in _lanes.ToList())
            {
                lane.Clear();
            }

            (_count, _bytes) = (0, 0);
            NoteStopped();
        }

        dropped.ForEach(send => send.Drop());
        if (dropped.Count > 0)
        {
            _metrics.MessageDropped(DropReason.Stopping, dropped.Count);
        }
    }

    private DropReason Judge(Queue<WaitingSend>? lane, WaitingSend send)
    {
        if (lane is not null && lane.Any(send.IsCopyOf))
        {
            return DropReason.WaitsAlready;
        }

        return _count >= _options.WaitingSends || _bytes + send.Bytes > _options.WaitingSendBytes
            || lane?.Count >= Math.Max(1, _options.WaitingSends / Shares)
            ? DropReason.TooManySends
            : DropReason.None;
    }

    private void Enqueue(SealedTag tag, WaitingSend send)
    {
        if (!_lanes.TryGetValue(tag, out var lane))
        {
            _lanes[tag] = lane = new Queue<WaitingSend>();
            _turns.Enqueue(tag);
        }

        lane.Enqueue(send);
        _count++;
        _bytes += send.Bytes;
    }

    private void BeginWhatMay()
    {
        while (_open < _window.Size && TryTake(out var tag, out var send))
        {
            _open++;
            _running++;

            // It has waited, and must not run in the span of whoever made room for it: queued like this it does not. Behind what is queued already, in turn.
            ThreadPool.UnsafeQueueUserWorkItem(new Turn(this, tag, send), preferLocal: false);
        }
    }

    private bool TryTake(out SealedTag tag, [NotNullWhen(true)] out WaitingSend? send)
    {
        send = null;
        if (!_turns.TryDequeue(out tag))
        {
            return false;
        }

        send = _lanes[tag].Dequeue();
        _count--;
        _bytes -= send.Bytes;
        return true;
    }

    private async Task RunAsync(SealedTag tag, WaitingSend send)
    {
        try
        {
            await send.Begin();
        }
        catch (OperationCanceledException)
        {
            _metrics.MessageDropped(DropReason.Stopping);
        }
        catch (Exception e)
        {
            _logger.HandlingFailed(e.GetType().Name, e.StackTrace);
        }

        lock (_gate)
        {
            // Its tag's next one begins after it, not beside it.
            _running--;
            if (_lanes[tag].Count > 0)
            {
                _turns.Enqueue(tag);
            }
            else
            {
                _lanes.Remove(tag);
            }

            BeginWhatMay();
            NoteStopped();
        }
    }

    private void NoteStopped()
    {
        if (_stopping && _running == 0 && _count == 0)
        {
            _stopped.TrySetResult();
        }
    }

    /// <summary>One that has waited and is begun now. In one object, as there is one for each <c>send</c> when there is much to do.</summary>
    private sealed class Turn(WaitingSends owner, SealedTag tag, WaitingSend send) : IThreadPoolWorkItem
    {
        void IThreadPoolWorkItem.Execute() => _ = owner.RunAsync(tag, send);
    }
}
