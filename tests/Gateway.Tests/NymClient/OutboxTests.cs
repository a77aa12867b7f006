using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Sealing;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient;

public sealed class OutboxTests : IDisposable
{
    private static readonly RunId Run = RunId.New();
    private readonly TestMeters _meters = new();

    [Fact]
    public async Task TryTake_BothLanesFull_ServesThemInTurnAndEachInOrder()
    {
        var outbox = Create();
        for (byte i = 0; i < 3; i++)
        {
            Assert.NotNull(outbox.TryPostDelivery(Reply((byte)(10 + i))));
            await outbox.PostAnswerAsync(Reply(i), CancellationToken.None);
        }

        await outbox.PostAnswerAsync(Reply(3), CancellationToken.None);

        Assert.Equal([0, 10, 1, 11, 2, 12, 3], TakeAll(outbox));
    }

    [Fact]
    public void TryPostDelivery_LaneFull_IsRefusedUntilThereIsRoom()
    {
        var outbox = Create(entries: 2);
        Assert.NotNull(outbox.TryPostDelivery(Reply(1)));
        Assert.NotNull(outbox.TryPostDelivery(Reply(2)));
        Assert.Null(outbox.TryPostDelivery(Reply(3)));

        Assert.True(outbox.TryTake(out _));

        Assert.NotNull(outbox.TryPostDelivery(Reply(4)));
    }

    [Fact]
    public void TryPostDelivery_MoreBytesThanTheLane_GoesAlone()
    {
        var outbox = Create(bytes: 1024);
        Assert.NotNull(outbox.TryPostDelivery(Reply(1, size: 5000)));
        Assert.Null(outbox.TryPostDelivery(Reply(2)));
        Assert.Equal([1], TakeAll(outbox));
        Assert.NotNull(outbox.TryPostDelivery(Reply(3, size: 1000)));
        Assert.Null(outbox.TryPostDelivery(Reply(4, size: 25)));
    }

    [Fact]
    public async Task PostAnswerAsync_LaneFull_WaitsInOrderAndGivesUpWhenAsked()
    {
        var outbox = Create(entries: 1);
        await outbox.PostAnswerAsync(Reply(1), CancellationToken.None);
        using var giveUp = new CancellationTokenSource();
        var second = outbox.PostAnswerAsync(Reply(2), giveUp.Token).AsTask();
        var third = outbox.PostAnswerAsync(Reply(3), CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted || third.IsCompleted);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Within());
        Assert.Equal([1, 3], TakeAll(outbox));

        await third.Within();
    }

    [Fact]
    public async Task EndOtherRuns_QueuedAndWaiting_GoBackToWaiting()
    {
        var outbox = Create(entries: 1);
        var queued = await outbox.PostAnswerAsync(Reply(1), CancellationToken.None);
        var waiting = outbox.PostAnswerAsync(Reply(2), CancellationToken.None).AsTask();
        var present = RunId.New();
        var other = outbox.PostAnswerAsync(Reply(3, run: present), CancellationToken.None).AsTask();

        outbox.EndOtherRuns(present);

        Assert.Equal(ReplyFate.RunLost, await queued.Within());
        Assert.Equal(ReplyFate.RunLost, await (await waiting.Within()).Within());
        Assert.False((await other.Within()).IsCompleted);
        Assert.Equal([3], TakeAll(outbox));
    }

    [Fact]
    public async Task Close_QueuedAndLater_GoBackToWaiting()
    {
        var outbox = Create();
        var queued = outbox.TryPostDelivery(Reply(1))!;

        outbox.Close();

        Assert.Equal(ReplyFate.RunLost, await queued.Within());
        Assert.Equal(ReplyFate.RunLost, await outbox.TryPostDelivery(Reply(2))!.Within());
        Assert.Equal(ReplyFate.RunLost, await (await outbox.PostAnswerAsync(Reply(3), CancellationToken.None)).Within());
    }

    [Fact]
    public async Task WaitAsync_Empty_EndsWithTheNextPost()
    {
        var outbox = Create();
        for (byte i = 0; i < 3; i++)
        {
            var waiting = outbox.WaitAsync(CancellationToken.None);
            Assert.False(waiting.IsCompleted);
            _ = outbox.TryPostDelivery(Reply(i));
            await waiting.Within();
            Assert.Equal([i], TakeAll(outbox));
        }
    }

    public void Dispose() => _meters.Dispose();

    private static OutboundReply Reply(byte mark, int size = 1, RunId? run = null)
    {
        byte[] message = new byte[size];
        message[0] = mark;
        return new OutboundReply(SealedTag.FromBytes(new byte[SealedTag.Size]), run ?? Run, message);
    }

    private static List<int> TakeAll(Outbox outbox)
    {
        var marks = new List<int>();
        while (outbox.TryTake(out var entry))
        {
            marks.Add(entry.Reply.Message.Span[0]);
        }

        return marks;
    }

    private Outbox Create(int entries = 1_024, long bytes = 1 << 20) =>
        new(Options.Create(new QueueOptions { LaneEntries = entries, LaneBytes = bytes }), new NymClientMetrics(_meters, TimeProvider.System));
}
