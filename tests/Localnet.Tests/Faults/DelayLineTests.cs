using Microsoft.Extensions.Time.Testing;
using NymDirectory.Localnet.Faults;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Faults;

public sealed class DelayLineTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DelayLine _line;
    private readonly Task _running;
    private readonly List<int> _done = [];

    public DelayLineTests()
    {
        _line = new DelayLine(_time);
        _running = _line.RunAsync(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _line.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Add_SameDelay_KeepsTheOrder()
    {
        for (var i = 0; i < 50; i++)
        {
            Add(i, milliseconds: 300);
        }

        await WaitForAsync(50);

        Assert.Equal(Enumerable.Range(0, 50), _done);
    }

    [Fact]
    public async Task Add_ShorterDelay_Overtakes()
    {
        Add(1, milliseconds: 300);
        Add(2, milliseconds: 100);

        await WaitForAsync(2);

        Assert.Equal([2, 1], _done);
    }

    [Fact]
    public async Task Add_JustWhenNothingWaitsAnyMore_IsDoneToo()
    {
        using var line = new DelayLine(TimeProvider.System);
        var running = line.RunAsync(_stop.Token);

        // Each comes a moment after the one before it was the last: at some time in the moment in which the line has begun to wait.
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var random = new Random(1);
        Next(300);
        await all.Task.Within();

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        void Next(int left) => ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                Thread.SpinWait(random.Next(300));
                line.Add(TimeSpan.FromMilliseconds(1), left == 0 ? all.SetResult : () => Next(left - 1));
            },
            null);
    }

    [Fact]
    public void Add_NotYetDue_WaitsForItsTime()
    {
        Add(1, milliseconds: 300);
        _time.Advance(TimeSpan.FromMilliseconds(299));

        Assert.Equal(0, Count());
    }

    private void Add(int mark, int milliseconds) => _line.Add(TimeSpan.FromMilliseconds(milliseconds), () =>
    {
        lock (_done)
        {
            _done.Add(mark);
        }
    });

    private Task WaitForAsync(int count) => Eventually.True(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(50));
        return Count() == count;
    });

    private int Count()
    {
        lock (_done)
        {
            return _done.Count;
        }
    }
}
