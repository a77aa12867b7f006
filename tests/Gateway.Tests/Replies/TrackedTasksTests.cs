using NymDirectory.Gateway.Replies;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Replies;

public sealed class TrackedTasksTests
{
    private readonly TrackedTasks _tasks = new();

    [Fact]
    public async Task DrainAsync_NothingUnderWay_EndsAtOnce()
    {
        _tasks.Add(Task.CompletedTask);
        _tasks.Add(Task.FromException(new InvalidOperationException("as planned")));

        Assert.Equal(0, _tasks.Count);
        await _tasks.DrainAsync().Within();
    }

    [Fact]
    public async Task DrainAsync_SomeUnderWay_EndsWithTheLast()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        _tasks.Add(first.Task);
        _tasks.Add(second.Task);
        var drains = new[] { _tasks.DrainAsync(), _tasks.DrainAsync() };

        first.SetException(new InvalidOperationException("as planned"));
        await Eventually.True(() => _tasks.Count == 1);
        Assert.All(drains, drain => Assert.False(drain.IsCompleted));
        second.SetResult();

        await Task.WhenAll(drains).Within();
    }

    [Fact]
    public async Task DrainAsync_AddedMeanwhile_CountsToo()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        _tasks.Add(first.Task);
        var drain = _tasks.DrainAsync();
        _tasks.Add(second.Task);

        first.SetResult();
        await Eventually.True(() => _tasks.Count == 1);
        Assert.False(drain.IsCompleted);
        second.SetResult();

        await drain.Within();
        Assert.Equal(0, _tasks.Count);
    }

    [Fact]
    public async Task DrainAsync_WhileTasksEnd_MissesNoEnd()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var ending = new TaskCompletionSource();
            _tasks.Add(ending.Task);
            ThreadPool.UnsafeQueueUserWorkItem(_ => ending.SetResult(), null);
            await _tasks.DrainAsync().Within();
        }
    }
}
