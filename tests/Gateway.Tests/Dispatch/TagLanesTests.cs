using System.Collections.Concurrent;
using CsCheck;
using NymDirectory.Gateway.Dispatch;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Dispatch;

public sealed class TagLanesTests
{
    [Fact]
    public async Task AddAsync_NoPlaceLeft_WaitsForOne()
    {
        var held = new TaskCompletionSource();
        using var lanes = new TagLanes(2, 2, _ => { });
        await lanes.AddAsync(ScriptedNymClient.Tag(1), 1, () => held.Task, CancellationToken.None);
        await lanes.AddAsync(ScriptedNymClient.Tag(1), 1, () => Task.CompletedTask, CancellationToken.None);

        var third = lanes.AddAsync(ScriptedNymClient.Tag(2), 1, () => Task.CompletedTask, CancellationToken.None);

        Assert.False(third.IsCompleted);
        held.SetResult();
        await third.Within();
        await lanes.DrainAsync().Within();
        Assert.Equal(0, lanes.Running);
    }

    [Fact]
    public async Task AddAsync_TagOverItsShare_WaitsBehindItsOwnAndHoldsNobodyUp()
    {
        var held = new TaskCompletionSource();
        var done = new ConcurrentQueue<int>();
        using var lanes = new TagLanes(3, 2, _ => { });
        await lanes.AddAsync(ScriptedNymClient.Tag(1), 1, () => held.Task, CancellationToken.None);
        for (var i = 1; i <= 10; i++)
        {
            var number = i;
            Assert.True(await lanes.AddAsync(ScriptedNymClient.Tag(1), 1, () => Done(number), CancellationToken.None).Within());
        }

        Assert.True(await lanes.AddAsync(ScriptedNymClient.Tag(2), 1, () => Done(0), CancellationToken.None).Within());
        await Eventually.True(() => done.Contains(0));

        held.SetResult();
        await lanes.DrainAsync().Within();
        Assert.Equal(Enumerable.Range(0, 11), done);

        // Every place is free again.
        var others = Enumerable.Range(3, 3).Select(tag => lanes.AddAsync(ScriptedNymClient.Tag((byte)tag), 1, () => held.Task, CancellationToken.None));
        await Task.WhenAll(others).Within();

        Task Done(int number)
        {
            done.Enqueue(number);
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(1, TagLane.MaxWaiting)]
    [InlineData(TagLane.MaxWaitingBytes / 4, 4)]
    public async Task AddAsync_TagFarOverItsShare_IsRefusedUntilItsOwnAreDone(int bytes, int fitting)
    {
        var held = new TaskCompletionSource();
        using var lanes = new TagLanes(4, 1, _ => { });
        Task<bool> AddAsync() => lanes.AddAsync(ScriptedNymClient.Tag(1), bytes, () => held.Task, CancellationToken.None).Within();
        for (var i = 0; i < 1 + fitting; i++)
        {
            Assert.True(await AddAsync());
        }

        Assert.False(await AddAsync());
        held.SetResult();
        await lanes.DrainAsync().Within();
        Assert.True(await AddAsync());
    }

    [Fact]
    public async Task AddAsync_WorkThatThrows_IsToldAndTheLaneGoesOn()
    {
        var failures = new ConcurrentQueue<Exception>();
        var reached = new TaskCompletionSource();
        using var lanes = new TagLanes(2, 2, failures.Enqueue);
        await lanes.AddAsync(ScriptedNymClient.Tag(1), 1, () => throw new InvalidOperationException("at once"), CancellationToken.None);
        await lanes.AddAsync(ScriptedNymClient.Tag(1), 1, () => Task.FromException(new InvalidOperationException("later")), CancellationToken.None);
        await lanes.AddAsync(
            ScriptedNymClient.Tag(1),
            1,
            () =>
            {
                reached.SetResult();
                return Task.CompletedTask;
            },
            CancellationToken.None);

        await reached.Task.Within();
        Assert.Equal(["at once", "later"], failures.Select(failure => failure.Message));
    }

    [Fact]
    public Task AddAsync_AnyOrderOfTags_KeepsTheOrderOfEach() => Gen.Byte[0, 5].Array[1, 200].SampleAsync(
        async tags =>
        {
            var done = new ConcurrentDictionary<byte, ConcurrentQueue<int>>();
            using var lanes = new TagLanes(16, 4, _ => { });
            for (var i = 0; i < tags.Length; i++)
            {
                var (tag, number) = (tags[i], i);
                await lanes.AddAsync(
                    ScriptedNymClient.Tag(tag),
                    1,
                    async () =>
                    {
                        await Task.Yield();
                        done.GetOrAdd(tag, _ => []).Enqueue(number);
                    },
                    CancellationToken.None);
            }

            await lanes.DrainAsync().Within();
            return done.Values.Sum(numbers => numbers.Count) == tags.Length && done.Values.All(numbers => numbers.SequenceEqual(numbers.Order()));
        },
        iter: 100);
}
