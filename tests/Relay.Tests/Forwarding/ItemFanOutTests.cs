using System.Collections.Concurrent;
using NymDirectory.Relay.Forwarding;

namespace NymDirectory.Relay.Tests.Forwarding;

public sealed class ItemFanOutTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly int[] Items = [.. Enumerable.Range(0, 32)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    public async Task RunAsync_SoManyItems_RunsEachOnce(int count)
    {
        var ran = new ConcurrentBag<int>();
        await ItemFanOut<int>.RunAsync(Items[..count], async item =>
        {
            await Task.Yield();
            ran.Add(item);
        }).WaitAsync(Patience);
        Assert.Equal(Items[..count], ran.Order());
    }

    [Fact]
    public void RunAsync_AWorkerThatNeverComes_IsNotWaitedFor()
    {
        var handedOver = new List<Action>();
        var ran = new List<int>();

        var run = ItemFanOut<int>.RunAsync(Items, item => Note(ran, item), workers: 1, handedOver.Add);

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(Items, ran);
        // And when it does come, it finds nothing.
        Assert.Single(handedOver)();
        Assert.Equal(Items, ran);
    }

    [Fact]
    public async Task RunAsync_AWorkerThatComes_TakesItsPart()
    {
        using var others = new CountdownEvent(Items.Length - 1);
        using var reached = new SemaphoreSlim(0);
        var byWorker = new ConcurrentBag<int>();
        Thread? worker = null;

        var run = Task.Run(() => ItemFanOut<int>.RunAsync(
            Items,
            item =>
            {
                if (Thread.CurrentThread == worker)
                {
                    byWorker.Add(item);
                    others.Signal();
                }
                else
                {
                    // The caller is kept at its first item until the worker has started all others.
                    reached.Release();
                    Assert.True(others.Wait(Patience));
                }

                return Task.CompletedTask;
            },
            workers: 1,
            start =>
            {
                worker = new Thread(() =>
                {
                    // No assertion here: on a thread of its own it would take the test's process with it.
                    reached.Wait(Patience);
                    start();
                });
                worker.Start();
            }));

        await run.WaitAsync(Patience);
        Assert.Equal(Items.Length - 1, byWorker.Count);
    }

    [Fact]
    public async Task RunAsync_AnItemThatIsStillUnderWay_IsWaitedFor()
    {
        var open = new TaskCompletionSource();
        var run = ItemFanOut<int>.RunAsync(Items, item => item == 7 ? open.Task : Task.CompletedTask);

        Assert.False(run.IsCompleted);
        open.SetResult();
        await run.WaitAsync(Patience);
    }

    [Fact]
    public async Task RunAsync_AnItemThatFails_FailsOnceAllHaveEnded()
    {
        var ran = new List<int>();
        // Nobody beside the caller who could run what comes after it.
        var run = ItemFanOut<int>.RunAsync(
            Items, item => item == 3 ? throw new InvalidOperationException("the fourth") : Note(ran, item), workers: 0, _ => { });

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => run.WaitAsync(Patience));
        Assert.Equal("the fourth", failure.Message);
        Assert.Equal(Items.Length - 1, ran.Count);
    }

    private static Task Note(List<int> ran, int item)
    {
        ran.Add(item);
        return Task.CompletedTask;
    }
}
