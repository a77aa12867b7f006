using System.Diagnostics.Metrics;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Replies;
using NymDirectory.Gateway.Telemetry;
using NymDirectory.Gateway.Tests.Fakes;
using NymDirectory.Gateway.Tests.Protocol;
using NymDirectory.TestKit;
using Answered = NymDirectory.Contracts.V1.ReplyOutcome.OutcomeOneofCase;

namespace NymDirectory.Gateway.Tests.Replies;

public sealed class MixnetRepliesTests
{
    private static readonly ByteString FirstLease = ByteString.CopyFrom(new byte[15].Append((byte)1).ToArray());
    private static readonly ByteString SecondLease = ByteString.CopyFrom(new byte[15].Append((byte)2).ToArray());

    [Fact]
    public async Task Reply_AMessage_IsSentSignedAndReportedTaken()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var content = Vectors.Load().Sends[1].ForwardContent;

        Assert.Equal([Answered.Queued], await ReplyAsync(gateway, Item(gateway, 7, content: content)));

        Assert.Equal(new Envelope("incomingMessage", content, "chat"), await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1)));
        var settled = await SettledAsync(gateway, 1);
        Assert.Equal((7UL, Fate.Taken, FirstLease), (settled[0].DeliveryId, settled[0].Fate, settled[0].LeaseId));
        Assert.Equal(gateway.NymClient.Run.ToByteString(), settled[0].RunId);
        gateway.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Reply_ManyForOneTag_LeaveInOrder()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        await ReplyAsync(gateway, [.. Enumerable.Range(1, 32).Select(id => Item(gateway, (ulong)id, content: $$"""{"n":{{id}}}"""))]);

        for (var id = 1; id <= 32; id++)
        {
            Assert.Equal($$"""{"n":{{id}}}""", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
        }

        await SettledAsync(gateway, 32);
    }

    [Fact]
    public async Task Reply_OneStillQueued_IsNotQueuedAgainAndSettlesUnderTheLatestLease()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Fate = _ => null;
        await ReplyAsync(gateway, Item(gateway, 7));
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1));

        Assert.Equal([Answered.Queued], await ReplyAsync(gateway, Item(gateway, 7, SecondLease)));
        EndAll(gateway, ReplyFate.Taken);

        var settled = await SettledAsync(gateway, 1);
        Assert.Equal((7UL, Fate.Taken, SecondLease), (settled[0].DeliveryId, settled[0].Fate, settled[0].LeaseId));
        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)));
    }

    [Fact]
    public async Task Reply_OneAlreadyTaken_IsReportedAgainAndNotSentAgain()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await ReplyAsync(gateway, Item(gateway, 7));
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1));
        await SettledAsync(gateway, 1);

        Assert.Equal([Answered.Queued], await ReplyAsync(gateway, Item(gateway, 7, SecondLease)));

        var settled = await SettledAsync(gateway, 2);
        Assert.Equal((Fate.Taken, SecondLease), (settled[1].Fate, settled[1].LeaseId));
        Assert.Equal(0, gateway.NymClient.Waiting(ScriptedNymClient.Tag(1)));
    }

    [Theory]
    [InlineData(ReplyFate.RunLost, Fate.RunLost)]
    [InlineData(ReplyFate.Refused, Fate.Refused)]
    [InlineData(ReplyFate.Unsent, Fate.Unsent)]
    public async Task Reply_OneThatWasNotTaken_IsReportedAndCanBeSentAgain(object met, Fate reported)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Fate = _ => (ReplyFate)met;
        await ReplyAsync(gateway, Item(gateway, 7));
        var settled = await SettledAsync(gateway, 1);
        gateway.NymClient.Fate = _ => ReplyFate.Taken;

        await ReplyAsync(gateway, Item(gateway, 7, SecondLease));

        Assert.Equal(reported, settled[0].Fate);
        Assert.Equal(reported == Fate.Unsent ? 16 : 0, settled[0].SealedTag.Length);
        Assert.Equal(Fate.Taken, (await SettledAsync(gateway, 2))[1].Fate);
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1));
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1));
    }

    [Fact]
    public async Task Reply_TakenInAnEarlierRound_IsSentAgainAndReportedInItsOwn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await ReplyAsync(gateway, Item(gateway, 7));
        await SettledAsync(gateway, 1);
        var again = Item(gateway, 7, SecondLease);
        again.Round = 1;
        again.MessageId = FirstLease;
        again.Sequence = 9;

        Assert.Equal([Answered.Queued], await ReplyAsync(gateway, again));

        var settled = await SettledAsync(gateway, 2);
        Assert.Equal((0u, 1u, SecondLease), (settled[0].Round, settled[1].Round, settled[1].LeaseId));
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1));
        var envelope = System.Text.Encoding.UTF8.GetString(await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1)));
        Assert.EndsWith("\"id\":\"00000000000000000000000000000001\",\"seq\":9}", envelope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_RouteOfAnotherRun_IsNotLiveAndReportedInThatRun()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var old = Item(gateway, 7);
        gateway.NymClient.StartRun();

        Assert.Equal([Answered.RouteNotLive], await ReplyAsync(gateway, old));

        var settled = await SettledAsync(gateway, 1);
        Assert.Equal((Fate.RunLost, old.Route.RunId), (settled[0].Fate, settled[0].RunId));
    }

    [Fact]
    public async Task Reply_TakenInAnotherRun_IsSentInTheNewOne()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        await ReplyAsync(gateway, Item(gateway, 7));
        await SettledAsync(gateway, 1);
        gateway.NymClient.StartRun();

        await ReplyAsync(gateway, Item(gateway, 7, SecondLease));

        var settled = await SettledAsync(gateway, 2);
        Assert.Equal(gateway.NymClient.Run.ToByteString(), settled[1].RunId);
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1));
        await gateway.NymClient.NextReplyAsync(ScriptedNymClient.Tag(1));
    }

    [Fact]
    public async Task Reply_RouteOfAnotherGateway_IsNotLive()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var item = Item(gateway, 7);
        item.Route.GatewayId = "gw-2";

        Assert.Equal([Answered.RouteNotLive], await ReplyAsync(gateway, item));
        Assert.Equal(Fate.RunLost, (await SettledAsync(gateway, 1))[0].Fate);
    }

    [Fact]
    public async Task Reply_WhileTheRunIsNotKnown_IsToldToTryLater()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(connected: false);
        var item = Item(gateway, 7);

        Assert.Equal([Answered.QueueFull], await ReplyAsync(gateway, item));
        Assert.Empty(gateway.BackEnd.Mailboxes.Settled);
    }

    [Fact]
    public async Task Reply_NoRoom_IsSaidAndForgotten()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(connected: false, arguments: ["--Queues:LaneEntries=2"]);
        gateway.NymClient.StartRun();

        Assert.Equal(
            [Answered.Queued, Answered.Queued, Answered.QueueFull],
            await ReplyAsync(gateway, Item(gateway, 1), Item(gateway, 2), Item(gateway, 3)));
        gateway.NymClient.TakeReplies();
        await SettledAsync(gateway, 2);

        Assert.Equal([Answered.Queued], await ReplyAsync(gateway, Item(gateway, 3, SecondLease)));
        // Fates met at the same moment may be told in either order.
        Assert.Equal([1UL, 2UL, 3UL], (await SettledAsync(gateway, 3)).Select(item => item.DeliveryId).Order());
    }

    [Fact]
    public async Task Reply_NoRoomForOneOfAMailbox_ASmallerOneDoesNotOvertakeIt()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(connected: false, arguments: ["--Queues:LaneBytes=4096"]);
        gateway.NymClient.StartRun();
        var large = new string('x', 4000);

        Assert.Equal(
            [Answered.Queued, Answered.QueueFull, Answered.QueueFull, Answered.Queued],
            await ReplyAsync(gateway, Item(gateway, 1), Item(gateway, 2, content: large), Item(gateway, 3), Item(gateway, 4, SecondLease)));
    }

    [Fact]
    public async Task Reply_DirectoryThatFailsAtFirst_IsToldAgain()
    {
        var failures = 3;
        await using var gateway = await GatewayUnderTest.StartAsync(backEnd => backEnd.Mailboxes.OnSettle = () =>
        {
            if (Interlocked.Decrement(ref failures) >= 0)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "busy"));
            }
        });

        await ReplyAsync(gateway, Item(gateway, 7));

        Assert.Equal(Fate.Taken, (await SettledAsync(gateway, 1))[0].Fate);
    }

    [Fact]
    public async Task Reply_CountingItsFateFails_IsReportedAllTheSameAndNotForgotten()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var meters = gateway.Get<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == GatewayTelemetry.MetricPrefix + "fates")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("as planned, and not for the log"));
        listener.Start();

        await ReplyAsync(gateway, Item(gateway, 7));

        Assert.Equal(Fate.Taken, (await SettledAsync(gateway, 1))[0].Fate);
        await Eventually.True(() => gateway.Logs.Entries.Any(entry => entry.Message.Contains("A delivery failed with InvalidOperationException", StringComparison.Ordinal)));
        Assert.DoesNotContain("as planned", gateway.Logs.Text, StringComparison.Ordinal);
        gateway.Logs.AssertNoErrors("A delivery failed");
    }

    [Fact]
    public async Task Reply_FateMetDuringAStop_IsStillReported()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.NymClient.Fate = _ => null;
        await ReplyAsync(gateway, Item(gateway, 7));
        await Eventually.True(() => gateway.NymClient.Open.Count == 1);

        var stopping = gateway.StopReportsAsync();
        EndAll(gateway, ReplyFate.Taken);
        await stopping.Within();

        Assert.Equal(Fate.Taken, Assert.Single(gateway.BackEnd.Mailboxes.Settled).Fate);
    }

    [Fact]
    public async Task Stop_WhatNymClientWasNotGivenInTime_GoesBackAndIsNotHandedOver()
    {
        var clock = new FakeTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(clock: clock, connected: false);
        gateway.NymClient.StartRun();
        await ReplyAsync(gateway, Item(gateway, 7));

        var stopping = gateway.StopReportsAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        await stopping.Within();

        var settled = Assert.Single(gateway.BackEnd.Mailboxes.Settled);
        Assert.Equal((7UL, Fate.RunLost, FirstLease), (settled.DeliveryId, settled.Fate, settled.LeaseId));
        Assert.Equal([Answered.QueueFull], await ReplyAsync(gateway, Item(gateway, 8)));
        Assert.Equal(0, gateway.Get<Outbox>().DeliveriesWaiting);
        Assert.Equal(0, gateway.Get<DeliveryMemory>().Count);
    }

    [Fact]
    public async Task Reply_ListsThatBreakTheContract_AreRefusedWhole()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var shortRun = Item(gateway, 2);
        shortRun.Route.RunId = ByteString.CopyFrom(1, 2, 3);
        var shortTag = Item(gateway, 2);
        shortTag.Route.SealedTag = ByteString.Empty;
        var noRoute = Item(gateway, 2);
        noRoute.Route = null;
        ReplyItem[][] lists =
        [
            [], [Item(gateway, 1), shortRun], [shortTag], [noRoute], [Item(gateway, 2, ByteString.Empty)],
            [.. Enumerable.Range(1, 33).Select(id => Item(gateway, (ulong)id))],
        ];
        foreach (var list in lists)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => ReplyAsync(gateway, list));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        }

        await ReplyAsync(gateway, Item(gateway, 99, content: "last"));
        Assert.Equal("last", (await gateway.NextAnswerAsync(ScriptedNymClient.Tag(1))).Content);
    }

    private static ReplyItem Item(GatewayUnderTest gateway, ulong id, ByteString? lease = null, string content = """{"sender":"a","body":null}""") => new()
    {
        DeliveryId = id,
        LeaseId = lease ?? FirstLease,
        Route = new Route
        {
            GatewayId = "gw-1",
            RunId = gateway.NymClient.Run.ToByteString(),
            SealedTag = ScriptedNymClient.Tag(1).ToByteString(),
        },
        RecipientContent = ByteString.CopyFromUtf8(content),
    };

    private static async Task<List<Answered>> ReplyAsync(GatewayUnderTest gateway, params ReplyItem[] items)
    {
        var response = await gateway.Replies.ReplyAsync(new ReplyRequest { Items = { items } });
        return [.. response.Outcomes.Select(outcome => outcome.OutcomeCase)];
    }

    private static async Task<SettleItem[]> SettledAsync(GatewayUnderTest gateway, int count)
    {
        await Eventually.True(() => gateway.BackEnd.Mailboxes.Settled.Count >= count, because: $"{count} fates are reported");
        var settled = gateway.BackEnd.Mailboxes.Settled.ToArray();
        Assert.Equal(count, settled.Length);
        return settled;
    }

    private static void EndAll(GatewayUnderTest gateway, ReplyFate fate)
    {
        while (gateway.NymClient.Open.TryDequeue(out var entry))
        {
            entry.End(fate);
        }
    }
}
