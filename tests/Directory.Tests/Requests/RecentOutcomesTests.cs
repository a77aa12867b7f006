using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Requests;

namespace NymDirectory.DirectoryService.Tests.Requests;

public sealed class RecentOutcomesTests
{
    private readonly FakeTimeProvider _time = new();
    private int _executions;

    [Fact]
    public async Task Once_AtTheSameTime_IsCarriedOutOnce()
    {
        var outcomes = new RecentOutcomes<int>(_time);
        var request = NewRequest();
        var end = new TaskCompletionSource<int>();

        var calls = Enumerable.Range(0, 10).Select(_ => outcomes.OnceAsync(request, () => Count(end.Task))).ToList();
        end.SetResult(42);

        Assert.All(await Task.WhenAll(calls), outcome => Assert.Equal(42, outcome));
        Assert.Equal(1, _executions);
    }

    [Fact]
    public async Task Once_Failed_TheNextIsAFirstTry()
    {
        var outcomes = new RecentOutcomes<int>(_time);
        var request = NewRequest();

        await Assert.ThrowsAsync<TimeoutException>(() => outcomes.OnceAsync(request, () => throw new TimeoutException()));

        Assert.Equal(7, await outcomes.OnceAsync(request, () => Task.FromResult(7)));
    }

    [Fact]
    public async Task Once_AfterFiveMinutes_IsForgotten()
    {
        var outcomes = new RecentOutcomes<int>(_time);
        var request = NewRequest();
        await outcomes.OnceAsync(request, () => Count(Task.FromResult(1)));
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await outcomes.OnceAsync(request, () => Count(Task.FromResult(1)));
        Assert.Equal(1, _executions);

        _time.Advance(TimeSpan.FromTicks(1));
        await outcomes.OnceAsync(request, () => Count(Task.FromResult(1)));
        Assert.Equal(2, _executions);
    }

    [Fact]
    public async Task Once_MoreThanFit_TheOldestIsForgotten()
    {
        var outcomes = new RecentOutcomes<int>(_time, capacity: 3);
        var requests = Enumerable.Range(0, 4).Select(_ => NewRequest()).ToList();
        foreach (var request in requests)
        {
            await outcomes.OnceAsync(request, () => Count(Task.FromResult(1)));
        }

        Assert.Equal(3, outcomes.Count);
        await outcomes.OnceAsync(requests[3], () => Count(Task.FromResult(1)));
        Assert.Equal(4, _executions);
        await outcomes.OnceAsync(requests[0], () => Count(Task.FromResult(1)));
        Assert.Equal(5, _executions);
    }

    private Task<int> Count(Task<int> outcome)
    {
        _executions++;
        return outcome;
    }

    private static SixteenBytes NewRequest() => SixteenBytes.Read(RandomNumberGenerator.GetBytes(SixteenBytes.Size));
}
