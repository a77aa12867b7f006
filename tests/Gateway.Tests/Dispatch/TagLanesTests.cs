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
        using var lanes = new TagLanes(2, _ => { });
        await lanes.AddAsync(ScriptedNymClient.Tag(1), () => held.Task, CancellationToken.None);
        await lanes.AddAsync(ScriptedNymClient.Tag(1), () => Task.CompletedTask, CancellationToken.None);

        var third = lanes.AddAsync(ScriptedNymClient.Tag(2), () => Task.CompletedTask, CancellationToken.None);

        Assert.False(third.IsCompleted);
        held.SetResult();
        await third.Within();
        await lanes.DrainAsync().Within();
        Assert.Equal(0, lanes.Running);
    }

    [Fact]
    public async Task AddAsync_WorkThatThrows_IsToldAndTheLaneGoesOn()
    {
        var failures = new ConcurrentQueue<Exception>();
        var reached = new TaskCompletionSource();
        using var lanes = new TagLanes(2, failures.Enqueue);
        await lanes.AddAsync(ScriptedNymClient.Tag(1), () => throw new InvalidOperationException("at once"), CancellationToken.None);
        await lanes.AddAsync(ScriptedNymClient.Tag(1), () => Task.FromException(new InvalidOperationException("later")), CancellationToken.None);
        await lanes.AddAsync(
            ScriptedNymClient.Tag(1),
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
            using var lanes = new TagLanes(16, _ => { });
            for (var i = 0; i < tags.Length; i++)
            {
                var (tag, number) = (tags[i], i);
                await lanes.AddAsync(
                    ScriptedNymClient.Tag(tag),
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
