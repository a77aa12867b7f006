using CsCheck;
using NymDirectory.Hosting.Calls;
using NymDirectory.TestKit;

namespace NymDirectory.Hosting.Tests;

public sealed class ItemBatcherTests
{
    [Fact]
    public async Task SendAsync_ManyAtOnce_EachGetsItsOwnOutcomeInBoundedLists()
    {
        var lists = new System.Collections.Concurrent.ConcurrentBag<int>();
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var batcher = new ItemBatcher<int, string>(
            async (items, _) =>
            {
                lists.Add(items.Count);
                await busy.Task;
                return [.. items.Select(item => $"#{item}")];
            },
            _ => 1);

        var sending = Task.WhenAll(Enumerable.Range(0, 1000).Select(i => batcher.SendAsync(i, default)));
        busy.SetResult();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"#{i}"), await sending.Within());
        Assert.All(lists, count => Assert.InRange(count, 1, 32));
        Assert.True(lists.Count < 100, $"1,000 items took {lists.Count} calls");
    }

    [Fact]
    public async Task SendAsync_BesideACall_WaitsForItsEnd()
    {
        var calls = System.Threading.Channels.Channel.CreateUnbounded<(int[] Items, TaskCompletionSource End)>();
        await using var batcher = new ItemBatcher<int, int>(
            async (items, _) =>
            {
                var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                calls.Writer.TryWrite(([.. items], end));
                await end.Task;
                return items;
            },
            _ => 1,
            new ItemBatcherOptions { LingerBeside = TimeSpan.FromHours(1) });

        // A lone item waits for nobody.
        var first = batcher.SendAsync(1, default);
        var call = await calls.Reader.ReadAsync().AsTask().Within();
        var others = new[] { batcher.SendAsync(2, default), batcher.SendAsync(3, default) };
        call.End.SetResult();
        Assert.Equal(1, await first.Within());

        var next = await calls.Reader.ReadAsync().AsTask().Within();
        next.End.SetResult();
        await Task.WhenAll(others).Within();
        Assert.Equal([1], call.Items);
        Assert.Equal([2, 3], next.Items);
    }

    [Fact]
    public async Task SendAsync_LargeItems_StayUnderTheBytesButALargerOneGoesAlone()
    {
        var sums = new System.Collections.Concurrent.ConcurrentBag<(int Count, int Sum)>();
        await using var batcher = new ItemBatcher<int, int>(
            (items, _) =>
            {
                sums.Add((items.Count, items.Sum()));
                return Task.FromResult(items);
            },
            item => item,
            new ItemBatcherOptions { MaxBytes = 100, MaxCalls = 1 });

        int[] sizes = [60, 60, 30, 250, 10, 90, 1];
        Assert.Equal(sizes, await Task.WhenAll(sizes.Select(size => batcher.SendAsync(size, default))).Within());
        Assert.All(sums, list => Assert.True(list.Sum <= 100 || list.Count == 1));
    }

    [Fact]
    public async Task SendAsync_CallFails_EveryItemOfItFailsAndTheNextGoesOn()
    {
        var fail = true;
        await using var batcher = new ItemBatcher<int, int>(
            (items, _) => fail ? throw new InvalidOperationException("as planned") : Task.FromResult(items),
            _ => 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.SendAsync(1, default).Within());
        fail = false;
        Assert.Equal(2, await batcher.SendAsync(2, default).Within());
    }

    [Fact]
    public async Task SendAsync_CallHangs_OthersGoOnUpToTheirNumber()
    {
        var hang = new TaskCompletionSource<IReadOnlyList<int>>();
        await using var batcher = new ItemBatcher<int, int>(
            (items, cancellationToken) => items.Contains(0) ? hang.Task.WaitAsync(cancellationToken) : Task.FromResult(items),
            _ => 1,
            new ItemBatcherOptions { MaxItems = 1, MaxCalls = 2 });
        var hanging = batcher.SendAsync(0, default);
        Assert.Equal(1, await batcher.SendAsync(1, default).Within());
        hang.SetResult([0]);
        Assert.Equal(0, await hanging.Within());
    }

    [Fact]
    public async Task SendAsync_CancelledWhileItWaits_IsNotSent()
    {
        var hang = new TaskCompletionSource();
        var sent = new System.Collections.Concurrent.ConcurrentQueue<int>();
        await using var batcher = new ItemBatcher<int, int>(
            async (items, cancellationToken) =>
            {
                foreach (var item in items)
                {
                    sent.Enqueue(item);
                }

                await hang.Task.WaitAsync(cancellationToken);
                return items;
            },
            _ => 1,
            new ItemBatcherOptions { MaxItems = 1, MaxCalls = 1 });
        var first = batcher.SendAsync(1, default);
        await Eventually.True(() => !sent.IsEmpty);
        using var cancel = new CancellationTokenSource();
        var second = batcher.SendAsync(2, cancel.Token);
        var third = batcher.SendAsync(3, default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Within());
        hang.SetResult();
        await Task.WhenAll(first, third).Within();
        Assert.Equal([1, 3], sent);
    }

    [Fact]
    public async Task DisposeAsync_WithACallThatHangs_CancelsIt()
    {
        var batcher = new ItemBatcher<int, int>(
            async (items, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return items;
            },
            _ => 1);
        var hanging = batcher.SendAsync(1, default);
        await batcher.DisposeAsync().AsTask().Within();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging.Within());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batcher.SendAsync(2, default).Within());
    }

    [Fact]
    public void SendAsync_AnySizesAndBounds_LosesNothingAndKeepsItsBounds() =>
        Gen.Select(Gen.Int[1, 200].Array[0, 60], Gen.Int[1, 8], Gen.Int[1, 300], Gen.Int[1, 4]).Sample((sizes, maxItems, maxBytes, maxCalls) =>
        {
            var options = new ItemBatcherOptions { MaxItems = maxItems, MaxBytes = maxBytes, MaxCalls = maxCalls, Capacity = 8 };
            var within = true;
            var batcher = new ItemBatcher<int, int>(
                (items, _) =>
                {
                    within &= items.Count <= maxItems && (items.Count == 1 || items.Sum() <= maxBytes);
                    return Task.FromResult(items);
                },
                item => item,
                options);
            var outcomes = Task.WhenAll(sizes.Select(size => batcher.SendAsync(size, default))).Within().GetAwaiter().GetResult();
            batcher.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return within && outcomes.SequenceEqual(sizes);
        }, iter: 200);
}
