using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.Sealing;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Runs;

public sealed class RunKeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task BeginStart_AfterAFlush_GoesOnOnceOnly()
    {
        var first = await RunAsync(keeper => keeper.BeginStart());
        var flushed = await RunAsync(keeper => keeper.EndProcess(flushed: true));
        var second = await RunAsync(keeper => keeper.BeginStart());

        // The Gateway and nym-client are killed here: the marker was taken back before the start that relied on it.
        var third = await RunAsync(keeper => keeper.BeginStart());

        Assert.Equal(first, flushed);
        Assert.Equal(first, second);
        Assert.NotEqual(second, third);
    }

    [Fact]
    public async Task BeginStart_WithANewSealKey_IsANewRun()
    {
        var first = await RunAsync(EndFlushed);
        File.Delete(_folder.File("seal.key"));

        Assert.NotEqual(first, await RunAsync(keeper => keeper.BeginStart()));
    }

    [Fact]
    public async Task BeginStart_AfterACrash_IsTheRunThatWasToldThen()
    {
        var first = await RunAsync(keeper => keeper.BeginStart());
        var crashed = await RunAsync(keeper => keeper.EndProcess(flushed: false));
        var second = await RunAsync(keeper => keeper.BeginStart());

        Assert.NotEqual(first, crashed);
        Assert.Equal(crashed, second);
    }

    [Fact]
    public async Task LoseStore_WithRepliesQueued_EndsThoseOfTheFormerRun()
    {
        await RunAsync(EndFlushed);
        await using var node = TestNode.Create(_folder.Path);
        var keeper = node.Get<RunKeeper>();
        keeper.BeginStart();
        var reply = new OutboundReply(SealedTag.FromBytes(new byte[SealedTag.Size]), node.Status.Run!.Value, new byte[10]);
        var fate = await node.Outbox.PostAnswerAsync(reply, CancellationToken.None);

        Assert.True(keeper.LoseStore());

        Assert.Equal(ReplyFate.RunLost, await fate.Within());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LoseStore_WhenTheRunBeganWithTheStart_IsNoNews(bool afterACrash)
    {
        await using var node = TestNode.Create(_folder.Path);
        var keeper = node.Get<RunKeeper>();
        if (afterACrash)
        {
            keeper.BeginStart();
            keeper.EndProcess(flushed: false);
        }

        keeper.BeginStart();
        var run = node.Status.Run;

        Assert.False(keeper.LoseStore());
        Assert.Equal(run, node.Status.Run);
    }

    [Fact]
    public async Task KeepOwnTag_OnFile_IsSealedAndFoundAgain()
    {
        var tag = SealedTag.FromBytes([.. Enumerable.Range(3, SealedTag.Size).Select(i => (byte)i)]);
        await RunAsync(keeper => keeper.KeepOwnTag(tag));

        await using var node = TestNode.Create(_folder.Path);

        Assert.Equal(tag, node.Get<RunKeeper>().OwnTag);
    }

    public void Dispose() => _folder.Dispose();

    private static void EndFlushed(RunKeeper keeper)
    {
        keeper.BeginStart();
        keeper.EndProcess(flushed: true);
    }

    private async Task<RunId> RunAsync(Action<RunKeeper> act)
    {
        await using var node = TestNode.Create(_folder.Path);
        act(node.Get<RunKeeper>());
        return node.Status.Run!.Value;
    }
}
