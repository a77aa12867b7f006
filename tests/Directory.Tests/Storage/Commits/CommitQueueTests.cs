using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage.Commits;

public sealed class CommitQueueTests
{
    private readonly CommitQueue _queue = new(new StorageOptions { LingerMilliseconds = 60_000, ItemsPerCommit = 3 });

    [Fact]
    public async Task Take_SomebodyWaits_GoesAtOnce()
    {
        var taken = TakeAsync();
        Operation urgent = new(isPatient: false);
        Assert.True(_queue.TryAdd(urgent));
        Assert.Equal([urgent], await taken.Within());
    }

    [Fact]
    public async Task Take_NobodyWaits_SharesTheCommitOfTheNextForWhomSomebodyDoes()
    {
        Operation patient = new(isPatient: true);
        Operation urgent = new(isPatient: false);
        Assert.True(_queue.TryAdd(patient));
        var taken = TakeAsync();

        // It may end only with the second one: it never does so by itself.
        Assert.NotSame(taken, await Task.WhenAny(taken, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)));
        Assert.True(_queue.TryAdd(urgent));

        Assert.Equal([patient, urgent], await taken.Within());
    }

    [Fact]
    public async Task Take_ManyForWhomNobodyWaits_GoWhenTheyFillACommit()
    {
        var taken = TakeAsync();
        Assert.True(_queue.TryAdd(new Operation(isPatient: true, weight: 2)));
        Assert.True(_queue.TryAdd(new Operation(isPatient: true)));
        Assert.Equal(3, (await taken.Within()).Sum(operation => operation.Weight));
    }

    [Fact]
    public async Task Take_NobodyEverWaits_GoesAfterAWhile()
    {
        var queue = new CommitQueue(new StorageOptions { LingerMilliseconds = 1 });
        Assert.True(queue.TryAdd(new Operation(isPatient: true)));
        Assert.Single(await TakeAsync(queue).Within());
    }

    [Fact]
    public async Task Close_WhileSomethingLingers_ItGoesAtOnce()
    {
        Assert.True(_queue.TryAdd(new Operation(isPatient: true)));
        var taken = TakeAsync();
        _queue.Close();
        Assert.Single(await taken.Within());
        Assert.Empty(await TakeAsync().Within());
    }

    private Task<List<WriteOperation>> TakeAsync(CommitQueue? queue = null) => Task.Run(() =>
    {
        List<WriteOperation> batch = [];
        Assert.Equal((queue ?? _queue).Take(batch), batch.Count > 0);
        return batch;
    });

    private sealed class Operation(bool isPatient, int weight = 1) : WriteOperation
    {
        public override int Weight => weight;

        public override bool IsPatient => isPatient;

        public override void Execute(WriteSession session)
        {
        }

        public override void Succeed()
        {
        }

        public override void Fail(Exception exception)
        {
        }
    }
}
