using System.Diagnostics;
using System.Threading.Channels;

namespace NymDirectory.Hosting.Calls;

/// <summary>
/// Collects items that come one by one into calls that carry lists, and hands each caller its own outcome. One call for each item
/// would cost more CPU than all the work behind it.
/// </summary>
/// <typeparam name="TItem">What a call carries many of.</typeparam>
/// <typeparam name="TOutcome">What each of them is answered with.</typeparam>
public sealed class ItemBatcher<TItem, TOutcome> : IAsyncDisposable
{
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TOutcome>>> _call;
    private readonly Func<TItem, int> _sizeOf;
    private readonly ItemBatcherOptions _options;
    private readonly Channel<Waiting> _items;
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private Waiting? _heldOver;

    /// <summary>Starts collecting.</summary>
    /// <param name="call">Carries a list over; answers with one outcome for each item, in their order.</param>
    /// <param name="sizeOf">An item's size in bytes.</param>
    /// <param name="options">How lists are made; null for the defaults.</param>
    public ItemBatcher(
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TOutcome>>> call,
        Func<TItem, int> sizeOf,
        ItemBatcherOptions? options = null)
    {
        _call = call;
        _sizeOf = sizeOf;
        _options = options ?? new ItemBatcherOptions();
        _items = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(_options.Capacity) { SingleReader = true });
        _places = new SemaphoreSlim(_options.MaxCalls);
        // The loop outlives whatever request happened to create it: it must not run inside that request's span.
        using (ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(RunAsync);
        }
    }

    /// <summary>Sends one item and gives its outcome; throws what the call that carried it threw.</summary>
    /// <exception cref="OperationCanceledException">The caller no longer waits, or this batcher was disposed.</exception>
    public async Task<TOutcome> SendAsync(TItem item, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(item, cancellationToken);
        try
        {
            await _items.Writer.WriteAsync(waiting, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The batcher was disposed.");
        }

        return await waiting.Outcome.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes no more items, lets calls under way end, and cancels what did not end within a second.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_items.Writer.TryComplete())
        {
            _stop.CancelAfter(TimeSpan.FromSeconds(1));
            await _loop;
            _stop.Dispose();
            _places.Dispose();
        }
    }

    private async Task RunAsync()
    {
        while (_heldOver is not null || await _items.Reader.WaitToReadAsync())
        {
            await _places.WaitAsync();
            var list = await CollectAsync();
            if (list.Count == 0)
            {
                _places.Release();
                continue;
            }

            _ = CarryAsync(list);
        }

        // Every place back means that every call has ended.
        for (var i = 0; i < _options.MaxCalls; i++)
        {
            await _places.WaitAsync();
        }
    }

    private async Task<List<Waiting>> CollectAsync()
    {
        var list = new List<Waiting>(_options.MaxItems);
        var bytes = 0;
        if (Fill(list, ref bytes) && _options.Linger > TimeSpan.Zero && !_items.Reader.Completion.IsCompleted)
        {
            // Real time even in tests that move a clock of their own: this only trades latency for fewer calls.
            await Task.Delay(_options.Linger, TimeProvider.System);
            Fill(list, ref bytes);
        }

        return list;
    }

    /// <summary>Moves what is waiting into the list; true when there is room for more.</summary>
    private bool Fill(List<Waiting> list, ref int bytes)
    {
        while (list.Count < _options.MaxItems && (_heldOver ?? (_items.Reader.TryRead(out var next) ? next : null)) is { } waiting)
        {
            _heldOver = null;
            if (waiting.IsAbandoned)
            {
                continue;
            }

            var size = _sizeOf(waiting.Item);
            if (list.Count > 0 && bytes + size > _options.MaxBytes)
            {
                _heldOver = waiting;
                return false;
            }

            list.Add(waiting);
            bytes += size;
        }

        return list.Count is > 0 && list.Count < _options.MaxItems;
    }

    private async Task CarryAsync(List<Waiting> list)
    {
        try
        {
            var outcomes = await _call([.. list.Select(waiting => waiting.Item)], _stop.Token);
            if (outcomes.Count != list.Count)
            {
                throw new UnreachableException($"{list.Count} items were answered with {outcomes.Count} outcomes.");
            }

            for (var i = 0; i < list.Count; i++)
            {
                list[i].Outcome.TrySetResult(outcomes[i]);
            }
        }
        catch (OperationCanceledException)
        {
            list.ForEach(waiting => waiting.Outcome.TrySetCanceled());
        }
        catch (Exception e)
        {
            list.ForEach(waiting => waiting.Outcome.TrySetException(e));
        }
        finally
        {
            _places.Release();
        }
    }

    private sealed class Waiting(TItem item, CancellationToken cancellationToken)
    {
        public TItem Item => item;

        public TaskCompletionSource<TOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsAbandoned => cancellationToken.IsCancellationRequested;
    }
}
