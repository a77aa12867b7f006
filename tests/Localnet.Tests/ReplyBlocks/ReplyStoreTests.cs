using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Localnet.ReplyBlocks;
using NymDirectory.Localnet.Tests.Rig;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.ReplyBlocks;

public sealed class ReplyStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly RecordingLoggerProvider _logs = new();

    public void Dispose()
    {
        _folder.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public async Task Open_AfterAFlush_HasEverything()
    {
        var first = Start();
        var tag = Some.Tag();
        first.Replies.Receive(tag, Some.Blocks(12, first: 40));
        var keys = first.Keys.Issue(2500);
        Assert.True(await first.Store.FlushAsync(first.Replies, first.Keys, TimeSpan.Zero));

        var second = Start();

        Assert.Equal(first.Replies.Snapshot().Single().Blocks, second.Replies.Snapshot().Single().Blocks);
        Assert.True(second.Keys.TryUse(keys));
        Assert.False(second.Keys.TryUse(keys));
        _logs.AssertNoErrors();
    }

    [Fact]
    public async Task Open_AfterAKillThatFollowedAFlush_IsPurged()
    {
        var first = Start();
        first.Replies.Receive(Some.Tag(), Some.Blocks(12));
        await first.Store.FlushAsync(first.Replies, first.Keys, TimeSpan.Zero);
        Start();

        var third = Start();

        Assert.Empty(third.Replies.Snapshot());
        Assert.Contains(_logs.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains("hasn't undergone", StringComparison.Ordinal));
        Assert.Contains(_logs.Entries, entry => entry.Message == "Creating fresh surb database");
    }

    [Fact]
    public void Open_AfterAKillWithoutAnyFlush_SaysThatItWasNotFinished()
    {
        Start();
        _logs.AssertNoErrors();

        Start();

        Assert.Contains(_logs.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains("hasn't finished the data flush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flush_LongerThanTenSeconds_IsCutOffAndThenPurged()
    {
        var first = Start();
        for (var i = 0; i < 20; i++)
        {
            first.Replies.Receive(Some.Tag(), Some.Blocks(1));
        }

        var flush = first.Store.FlushAsync(first.Replies, first.Keys, TimeSpan.FromSeconds(1));
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return flush.IsCompleted;
        });

        Assert.False(await flush);
        Assert.DoesNotContain(_logs.Entries, entry => entry.Message == "Data flush is complete");
        Assert.Empty(Start().Replies.Snapshot());
    }

    [Fact]
    public async Task Settings_ChangedLater_OnlyTheBufferCounts()
    {
        var first = Start(new ReplyBlockSettings { MinimumStorageThreshold = 4 });
        await first.Store.FlushAsync(first.Replies, first.Keys, TimeSpan.Zero);

        var second = Start(new ReplyBlockSettings { MinimumStorageThreshold = 7, MinimumThresholdBuffer = 3 });

        Assert.Equal((4, 3), (second.Store.Settings.MinimumStorageThreshold, second.Store.Settings.MinimumThresholdBuffer));
    }

    private Run Start(ReplyBlockSettings? settings = null)
    {
        var store = new ReplyStore(_folder.Path, settings ?? new ReplyBlockSettings(), _logs.CreateLogger("store"), _time);
        var run = new Run(store, new ReplyDispatcher(Some.Address(), store.Settings, _ => { }, _logs.CreateLogger("replies"), _time), new ReplyKeys());
        store.Open(run.Replies, run.Keys);
        return run;
    }

    private sealed record Run(ReplyStore Store, ReplyDispatcher Replies, ReplyKeys Keys);
}
