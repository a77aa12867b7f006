using System.Security.Cryptography;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>
/// Where Relays wait for something to deliver, first come, first served. One loop looks into the database, and only when somebody
/// waits and something can be due: what is parked costs nothing, however much it is.
/// </summary>
internal sealed class DueDesk(DirectoryStore store, DueClock clock, TimeProvider time, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly LinkedList<RelayCall> _waiting = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private RelayCall? _served;

    /// <summary>How many Relays wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>What is due, or nothing when the wait is over, the caller gone or the service about to stop.</summary>
    public async Task<IReadOnlyList<Delivery>> TakeAsync(int maxDeliveries, TimeSpan wait, CancellationToken cancellationToken)
    {
        var call = new RelayCall(maxDeliveries);
        if (wait == TimeSpan.Zero)
        {
            return IsDue() ? await LeaseAsync(call) : [];
        }

        Enqueue(call);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var stop = ended.Token.Register(() => Withdraw(call));
        await using var timer = time.CreateTimer(_ => Withdraw(call), null, wait, Timeout.InfiniteTimeSpan);
        return await call.Answer;
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        clock.Earlier += Wake;
        await using var timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                await _wake.WaitAsync(stoppingToken);
                while (IsDue() && Serve() is { } call)
                {
                    await AnswerAsync(call);
                }

                SetTimer(timer);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; calls were ended by ApplicationStopping.
        }
        finally
        {
            clock.Earlier -= Wake;
        }
    }

    private bool IsDue() => clock.Earliest <= Now;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task AnswerAsync(RelayCall call)
    {
        try
        {
            var deliveries = await LeaseAsync(call);
            if (deliveries.Count > 0)
            {
                Finish(call, () => call.Complete(deliveries));
            }
            else
            {
                PutBack(call);
            }
        }
        catch (Exception e)
        {
            Finish(call, () => call.Fail(e));
        }
    }

    private Task<IReadOnlyList<Delivery>> LeaseAsync(RelayCall call) =>
        store.WriteAsync(new LeaseDueMessages(call.MaxDeliveries, NewLease));

    private void Enqueue(RelayCall call)
    {
        lock (_lock)
        {
            _waiting.AddLast(call);
        }

        Wake();
    }

    private RelayCall? Serve()
    {
        lock (_lock)
        {
            _served = _waiting.First?.Value;
            if (_served is not null)
            {
                _waiting.RemoveFirst();
            }

            return _served;
        }
    }

    // Nothing was due after all: it keeps its place, unless its time ended meanwhile.
    private void PutBack(RelayCall call)
    {
        lock (_lock)
        {
            if (_served == call)
            {
                _waiting.AddFirst(call);
                _served = null;
                return;
            }
        }

        call.Complete([]);
    }

    private void Finish(RelayCall call, Action answer)
    {
        lock (_lock)
        {
            _served = _served == call ? null : _served;
        }

        answer();
    }

    /// <summary>A call that is being served gets what it was leased; every other gets nothing, at once.</summary>
    private void Withdraw(RelayCall call)
    {
        lock (_lock)
        {
            if (_served == call)
            {
                _served = null;
                return;
            }

            if (!_waiting.Remove(call))
            {
                return;
            }
        }

        call.Complete([]);
    }

    private void SetTimer(ITimer timer)
    {
        // With nobody waiting there is nobody to tell; the next call wakes the loop.
        var wait = Math.Clamp(clock.Earliest - Now, 1, int.MaxValue);
        timer.Change(Waiting > 0 ? TimeSpan.FromMilliseconds(wait) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
    }

    private static SixteenBytes NewLease() => SixteenBytes.Read(RandomNumberGenerator.GetBytes(SixteenBytes.Size));
}
