using Microsoft.Extensions.Options;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Delivery;

/// <summary>Counts what is held, bounds it, and has every delivery's end counted with its reason.</summary>
internal sealed class DeliveryLedger(IOptions<DeliveryOptions> options, RelayMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly int _maxCount = options.Value.MaxInFlight;
    private readonly int _maxBytes = options.Value.MaxInFlightBytes;
    private TaskCompletionSource? _room;
    private int _count;
    private long _bytes;

    /// <summary>How many are held now.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Takes a consignment up if there is room.</summary>
    public bool TryAdd(Consignment consignment)
    {
        lock (_gate)
        {
            if (_count + consignment.Count > _maxCount || _bytes + consignment.Bytes > _maxBytes)
            {
                return false;
            }

            AddLocked(consignment);
        }

        metrics.InFlight(consignment.Count);
        return true;
    }

    /// <summary>Takes up what was asked for when there was room; others may have filled it meanwhile, so this may go over the bound once.</summary>
    public void Add(Consignment consignment)
    {
        lock (_gate)
        {
            AddLocked(consignment);
        }

        metrics.InFlight(consignment.Count);
    }

    /// <summary>A delivery came to its end here.</summary>
    public void End(LeasedDelivery delivery, DeliveryOutcome outcome)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _count--;
            _bytes -= delivery.RecipientContent.Length;
            room = FreeLocked() > 0 ? _room : null;
            _room = room is null ? _room : null;
        }

        room?.TrySetResult();
        metrics.InFlight(-1);
        metrics.Delivered(outcome);
    }

    /// <summary>All that is left of a consignment comes to its end here.</summary>
    public void EndRest(Consignment consignment, DeliveryOutcome outcome)
    {
        while (consignment.Next is not null)
        {
            End(consignment.Take(), outcome);
        }
    }

    /// <summary>Waits until a fair part of the bound is free; how many may be asked for then.</summary>
    public async Task<int> WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (FreeLocked() is var free and > 0)
                {
                    return free;
                }

                room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    private void AddLocked(Consignment consignment)
    {
        _count += consignment.Count;
        _bytes += consignment.Bytes;
    }

    /// <summary>What is free, or 0 below a quarter: asking for one at a time would cost more calls than it moves messages.</summary>
    private int FreeLocked()
    {
        var free = _maxCount - _count;
        return free * 4L >= _maxCount && (_maxBytes - _bytes) * 4 >= _maxBytes ? free : 0;
    }
}
