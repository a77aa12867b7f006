namespace NymDirectory.Relay.Delivery;

/// <summary>
/// The way to one gateway: one call at a time, so that order holds. What comes meanwhile travels with the next call, so that lists grow
/// with load; a lone message waits for nobody.
/// </summary>
internal sealed class GatewayLane(
    string endpoint, DeliveryLedger ledger, DeliveryCall call, DeliveryOptions options, TimeProvider time, CancellationToken abort)
{
    private readonly Lock _gate = new();
    private readonly Queue<Consignment> _queue = [];
    private int _waiting;
    private bool _isRunning;

    /// <summary>Ends when nothing is left to send.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>When something was last handed to it.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Whether it has nothing to do.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_isRunning;
            }
        }
    }

    /// <summary>Queues a consignment; false when this gateway has too many already.</summary>
    public bool TryAdd(Consignment consignment)
    {
        lock (_gate)
        {
            if (_waiting + consignment.Count > options.MaxInFlightPerGateway)
            {
                return false;
            }

            _waiting += consignment.Count;
            _queue.Enqueue(consignment);
            LastUsed = time.GetTimestamp();
            Start();
            return true;
        }
    }

    private void Start()
    {
        if (_isRunning)
        {
            return;
        }

        _isRunning = true;
        // Not within the span of whichever request came first.
        using (ExecutionContext.SuppressFlow())
        {
            Running = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    private async Task RunAsync()
    {
        while (Collect() is { } list)
        {
            var outcomes = await call.SendAsync(endpoint, list, abort);
            for (var i = 0; i < outcomes.Count; i++)
            {
                list[i].Consignment.HasFailed |= outcomes[i] != DeliveryOutcome.Queued;
                ledger.End(list[i].Delivery, outcomes[i]);
            }
        }
    }

    /// <summary>The next list, or null when nothing waits: then, and only then, the lane stops running.</summary>
    private DeliveryList? Collect()
    {
        lock (_gate)
        {
            var list = new DeliveryList();
            while (_queue.TryPeek(out var first) && MoveInto(list, first))
            {
                _queue.Dequeue();
            }

            _isRunning = list.Count > 0;
            return _isRunning ? list : null;
        }
    }

    /// <summary>True when nothing of the consignment is left, false when the list is full.</summary>
    private bool MoveInto(DeliveryList list, Consignment consignment)
    {
        if (WhyNot(consignment) is { } reason)
        {
            _waiting -= consignment.Left;
            ledger.EndRest(consignment, reason);
            return true;
        }

        while (consignment.Next is not null)
        {
            if (!list.TryTakeFrom(consignment))
            {
                return false;
            }

            _waiting--;
        }

        return true;
    }

    private DeliveryOutcome? WhyNot(Consignment consignment) => consignment switch
    {
        { HasFailed: true } => DeliveryOutcome.PredecessorFailed,
        _ when abort.IsCancellationRequested => DeliveryOutcome.Stopping,
        _ when time.GetElapsedTime(consignment.TakenAt) > options.MaxLeaseAge => DeliveryOutcome.LeaseTooOld,
        _ => null,
    };
}
