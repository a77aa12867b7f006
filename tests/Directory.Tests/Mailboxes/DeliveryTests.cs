using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.TestKit;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Mailboxes;

public sealed class DeliveryTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;
    private TestUser _ada = null!;
    private TestUser _bob = null!;

    public async Task InitializeAsync()
    {
        _directory = await DirectoryUnderTest.StartAttachedAsync();
        _ada = await _directory.RegisterAsync("ada");
        _bob = await _directory.RegisterAsync("bob");
    }

    public async Task DisposeAsync()
    {
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task LeaseDue_RelayDied_MessageIsDueWhenItsLeaseEnds()
    {
        var lost = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(29.9));
        Assert.Empty(await _directory.LeaseDueAsync());

        await AdvanceAttachedAsync(TimeSpan.FromSeconds(0.1));

        var again = Assert.Single(await _directory.LeaseDueAsync());
        Assert.Equal(lost.DeliveryId, again.DeliveryId);
        Assert.NotEqual(lost.LeaseId, again.LeaseId);
        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task LeaseDue_ManyOfOneMailbox_SixteenInOrderUnderOneLease()
    {
        var first = await SendManyAsync(20);
        await _directory.SettleAsync(Fate.Taken, first);

        var some = await _directory.LeaseDueAsync();
        Assert.Empty(await _directory.LeaseDueAsync());
        Assert.Equal(16u, await _directory.SettleAsync(Fate.Taken, [.. some]));
        var rest = await _directory.LeaseDueAsync();

        Assert.Equal(Enumerable.Range(1, 19).Select(number => $"{number}"), some.Concat(rest).Select(DirectoryUnderTest.Text));
        Assert.Single(some.Select(delivery => delivery.LeaseId).Distinct());
    }

    [Fact]
    public async Task LeaseDue_FewAskedFor_NoMoreAreLeased()
    {
        await _directory.SettleAsync(Fate.Taken, await SendManyAsync(6));

        var some = await _directory.LeaseDueAsync(max: 2);

        Assert.Equal(["1", "2"], some.Select(DirectoryUnderTest.Text));
        await _directory.SettleAsync(Fate.Taken, [.. some]);
        Assert.Equal(["3", "4", "5"], (await _directory.LeaseDueAsync(max: 3)).Select(DirectoryUnderTest.Text));
    }

    [Fact]
    public async Task LeaseDue_LargeMessages_AnswerStaysUnder512KilobytesInOrder()
    {
        var first = (await _directory.SendAsync(_ada, _bob, "first")).Leased;
        for (var number = 0; number < 6; number++)
        {
            await _directory.SendAsync(_ada, _bob, number + new string('x', 120_000));
        }

        await _directory.SettleAsync(Fate.Taken, first);
        var response = await _directory.Mailboxes.LeaseDueAsync(new LeaseDueRequest { MaxDeliveries = 256 });

        Assert.InRange(response.CalculateSize(), 400_000, 512 * 1024);
        Assert.Equal("0123", string.Concat(response.Deliveries.Select(delivery => DirectoryUnderTest.Text(delivery)[0])));
        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task LeaseDue_SomethingBecomesDueWhileWaiting_IsAnsweredAtOnce()
    {
        var first = await SendManyAsync(2);
        var waiting = _directory.Mailboxes.LeaseDueAsync(new LeaseDueRequest { MaxDeliveries = 8, WaitMilliseconds = 10_000 });

        await _directory.SettleAsync(Fate.Taken, first);

        Assert.Equal("1", DirectoryUnderTest.Text(Assert.Single((await waiting.ResponseAsync.Within()).Deliveries)));
    }

    [Fact]
    public async Task LeaseDue_LeaseRunsOutWhileWaiting_IsAnsweredByTheClock()
    {
        await _directory.SendAsync(_ada, _bob, "1");
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(25));
        var waiting = _directory.Mailboxes.LeaseDueAsync(new LeaseDueRequest { MaxDeliveries = 8, WaitMilliseconds = 10_000 }).ResponseAsync;

        await Eventually.True(() =>
        {
            _directory.Time.Advance(TimeSpan.FromMilliseconds(100));
            return waiting.IsCompleted;
        });

        Assert.Single((await waiting).Deliveries);
    }

    [Fact]
    public async Task LeaseDue_NothingInTime_AnswersEmpty()
    {
        var waiting = _directory.Mailboxes.LeaseDueAsync(new LeaseDueRequest { MaxDeliveries = 8, WaitMilliseconds = 2_000 }).ResponseAsync;

        await Eventually.True(() =>
        {
            _directory.Time.Advance(TimeSpan.FromMilliseconds(500));
            return waiting.IsCompleted;
        });

        Assert.Empty((await waiting).Deliveries);
    }

    [Fact]
    public async Task LeaseDue_OneCallIsGone_TheNextIsServed()
    {
        var first = await SendManyAsync(2);
        using var gone = new CancellationTokenSource();
        var request = new LeaseDueRequest { MaxDeliveries = 8, WaitMilliseconds = 10_000 };
        var cancelled = _directory.Mailboxes.LeaseDueAsync(request, cancellationToken: gone.Token).ResponseAsync;
        await gone.CancelAsync();
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => cancelled.Within());

        await _directory.SettleAsync(Fate.Taken, first);
        await Eventually.True(async () => (await _directory.LeaseDueAsync()).Count == 1);
    }

    [Fact]
    public async Task LeaseDue_ServiceStops_WaitingCallsEndAtOnce()
    {
        var waiting = _directory.Mailboxes.LeaseDueAsync(
            new LeaseDueRequest { MaxDeliveries = 8, WaitMilliseconds = 10_000 }).ResponseAsync;
        await Eventually.True(() => _directory.Get<DirectoryService.Mailboxes.DueDesk>().Waiting == 1);

        await _directory.Service.StopAsync().Within(TimeSpan.FromSeconds(10));

        Assert.Empty((await waiting.Within()).Deliveries);
    }

    [Fact]
    public async Task Settle_Twice_CountsOnce()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.RunLost, delivery));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, new Delivery(delivery) { DeliveryId = 999_999 }));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, new Delivery(delivery) { DeliveryId = ulong.MaxValue }));
    }

    [Fact]
    public async Task Settle_TakenAfterItsLeaseEnded_StillCounts()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(30));
        var second = Assert.Single(await _directory.LeaseDueAsync());

        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, delivery));

        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, second));
        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _bob, "2")).OutcomeCase);
    }

    [Fact]
    public async Task Settle_RunLostUnderAFormerLease_ChangesNothing()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(30));
        await _directory.LeaseDueAsync();

        Assert.Equal(0u, await _directory.SettleAsync(Fate.RunLost, delivery));
        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Settle_TakenInARunThatIsOver_GoesBackToWaiting()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.ChangeRunAsync();

        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Empty(await _directory.LeaseDueAsync());
        await LogInAndResumeAsync(_bob);

        Assert.Equal(delivery.DeliveryId, Assert.Single(await _directory.LeaseDueAsync()).DeliveryId);
    }

    [Fact]
    public async Task Settle_TakenInARunThatIsOverUnderAFormerLease_ChangesNothing()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(30));
        await _directory.ChangeRunAsync();
        await LogInAndResumeAsync(_bob);
        Assert.Single(await _directory.LeaseDueAsync());

        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Settle_Unsent_IsParkedUntilTheNextLogin()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Unsent, delivery));
        Assert.Equal(0, await _directory.Get<DirectoryStore>().ReadAsync(
            sql => sql.Scalar<long>("SELECT COUNT(*) FROM mailboxes WHERE due_at IS NOT NULL"), default));
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "2")).OutcomeCase);
        await AdvanceAttachedAsync(TimeSpan.FromHours(2));
        Assert.Empty(await _directory.LeaseDueAsync());

        await LogInAndResumeAsync(_bob);

        Assert.Equal(["1", "2"], (await _directory.LeaseDueAsync()).Select(DirectoryUnderTest.Text));
    }

    [Fact]
    public async Task Settle_Unsent_OwnersNextSendOnThatTagMakesItFlow()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SettleAsync(Fate.Unsent, delivery);

        await _directory.SendAsync(_bob, _ada, "here I am");

        Assert.Equal("1", DirectoryUnderTest.Text(Assert.Single(await _directory.LeaseDueAsync())));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("ack")]
    public async Task Settle_Unsent_WhateverElseTheOwnerAsksOnThatTagMakesItFlow(string sign)
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SettleAsync(Fate.Unsent, delivery);
        Assert.Empty(await _directory.LeaseDueAsync());

        await (sign == "query"
            ? (Task)_directory.QueryAsync("ada", _bob.Route)
            : _directory.AcknowledgeAsync(_bob.Route, new Delivery { MessageId = DirectoryUnderTest.NewId() }));

        var again = Assert.Single(await _directory.LeaseDueAsync());
        Assert.Equal((delivery.DeliveryId, _bob.Route), (again.DeliveryId, again.Route));
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, again));
    }

    [Theory]
    [InlineData("other tag")]
    [InlineData("run that is over")]
    public async Task Settle_Unsent_AQueryThatBringsNoReplyBlocksLeavesItParked(string arrival)
    {
        await _directory.SettleAsync(Fate.Unsent, (await _directory.SendAsync(_ada, _bob, "1")).Leased);
        var former = new Route(_bob.Route);
        await _directory.ChangeRunAsync();

        await _directory.QueryAsync("ada", arrival == "other tag" ? _directory.NewRoute() : former);
        Assert.Empty(await _directory.LeaseDueAsync());
        await _directory.QueryAsync("ada", new Route(former) { RunId = _directory.Run });

        Assert.Equal(_directory.Run, Assert.Single(await _directory.LeaseDueAsync()).Route.RunId);
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("run")]
    public async Task Settle_UnsentOnAFormerRoute_LeavesTheNewRouteAlone(string former)
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        var report = new Delivery(delivery);
        if (former == "tag")
        {
            report.Route.SealedTag = DirectoryUnderTest.NewId();
        }
        else
        {
            report.Route.RunId = DirectoryUnderTest.NewId();
        }

        Assert.Equal(1u, await _directory.SettleAsync(Fate.Unsent, report));

        Assert.Equal(delivery.DeliveryId, Assert.Single(await _directory.LeaseDueAsync()).DeliveryId);
    }

    [Theory]
    [InlineData("login")]
    [InlineData("send in the next run")]
    [InlineData("query after another one was unsent")]
    public async Task Settle_UnsentAfterTheRouteBeganAnew_ChangesNothing(string sign)
    {
        await _directory.SettleAsync(Fate.Taken, await SendManyAsync(3));
        var leased = await _directory.LeaseDueAsync();
        switch (sign)
        {
            case "login":
                await LogInAndResumeAsync(_bob);
                break;
            case "query after another one was unsent":
                await _directory.SettleAsync(Fate.Unsent, leased[1]);
                await _directory.QueryAsync("ada", _bob.Route);
                break;
            default:
                await _directory.ChangeRunAsync();
                await _directory.SendAsync(_bob, _bob, "3", new Route(_bob.Route) { RunId = _directory.Run });
                break;
        }

        Assert.Equal(0u, await _directory.SettleAsync(Fate.Unsent, leased[0]));

        Assert.Equal(["1", "2"], (await _directory.LeaseDueAsync()).Select(DirectoryUnderTest.Text).Take(2));
    }

    [Fact]
    public async Task Settle_RunLost_IsParkedUntilTheRouteIsLiveAgain()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.ChangeRunAsync();
        await _directory.SettleAsync(Fate.RunLost, delivery);
        await AdvanceAttachedAsync(TimeSpan.FromHours(2));
        Assert.Empty(await _directory.LeaseDueAsync());

        await LogInAndResumeAsync(_bob);

        Assert.Equal("1", DirectoryUnderTest.Text(Assert.Single(await _directory.LeaseDueAsync())));
    }

    [Fact]
    public async Task Settle_RunLostButTheRunGoesOn_IsTriedAgainAfterAMoment()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SettleAsync(Fate.RunLost, delivery);
        Assert.Empty(await _directory.LeaseDueAsync());

        await AdvanceAttachedAsync(TimeSpan.FromSeconds(2));

        Assert.Single(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Settle_Refused_WaitsTwiceAsLongEachTimeAndOthersPass()
    {
        var poison = (await _directory.SendAsync(_ada, _bob, "poison")).Leased;
        await _directory.SendAsync(_ada, _bob, "fine");
        await _directory.SettleAsync(Fate.Refused, poison);

        var fine = Assert.Single(await _directory.LeaseDueAsync());
        Assert.Equal("fine", DirectoryUnderTest.Text(fine));
        await _directory.SettleAsync(Fate.Taken, fine);

        foreach (var seconds in new[] { 30, 60, 120 })
        {
            await AdvanceAttachedAsync(TimeSpan.FromSeconds(seconds - 0.1));
            Assert.Empty(await _directory.LeaseDueAsync());
            await AdvanceAttachedAsync(TimeSpan.FromSeconds(0.1));
            poison = Assert.Single(await _directory.LeaseDueAsync());
            Assert.Equal("poison", DirectoryUnderTest.Text(poison));
            await _directory.SettleAsync(Fate.Refused, poison);
        }
    }

    [Fact]
    public async Task Settle_PartOfALease_TheRestStaysLeased()
    {
        await _directory.SettleAsync(Fate.Taken, await SendManyAsync(4));
        var leased = await _directory.LeaseDueAsync();
        Assert.Equal(3, leased.Count);

        await _directory.SettleAsync(Fate.Taken, leased[0], leased[1]);
        Assert.Empty(await _directory.LeaseDueAsync());
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("3", DirectoryUnderTest.Text(Assert.Single(await _directory.LeaseDueAsync())));
    }

    [Fact]
    public async Task Settle_NoFate_BreaksTheContract()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await BrokenContract.AssertAsync(() => _directory.SettleAsync(Fate.Unspecified, delivery));
    }

    [Fact]
    public async Task Resume_ClientThatAcknowledges_GetsWhatWaitsAtOnce()
    {
        await MakeWaitForBobAsync();
        await _directory.LogInAsync(_bob, "ack", "of-another-version");
        Assert.Empty(await _directory.LeaseDueAsync());

        await _directory.ResumeAsync(_bob);

        Assert.Equal(_bob.Route, Assert.Single(await _directory.LeaseDueAsync()).Route);
    }

    [Fact]
    public async Task Resume_OtherClients_AfterTwoAndAHalfSeconds()
    {
        await MakeWaitForBobAsync();
        await _directory.LogInAsync(_bob);
        await _directory.ResumeAsync(_bob);
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(2.4));
        Assert.Empty(await _directory.LeaseDueAsync());

        // Told again, as a Gateway does whose answer got lost.
        await _directory.ResumeAsync(_bob);
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(0.1));

        Assert.Single(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Login_WhileALeaseRunsOut_NothingFlowsBeforeTheClientIsReady()
    {
        await _directory.SendAsync(_ada, _bob, "1");
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(29));
        await _directory.LogInAsync(_bob);
        await _directory.ResumeAsync(_bob);

        await AdvanceAttachedAsync(TimeSpan.FromSeconds(2.4));
        Assert.Empty(await _directory.LeaseDueAsync());
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(0.1));

        Assert.Equal(_bob.Route, Assert.Single(await _directory.LeaseDueAsync()).Route);
    }

    [Fact]
    public async Task Accept_RepeatedAfterALogin_IsNotSentToAClientThatIsNotReady()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "1");
        await _directory.AcceptAsync(item);
        await _directory.LogInAsync(_bob);

        Assert.Equal(Arrived.Pending, (await _directory.AcceptAsync(item)).OutcomeCase);
    }

    [Fact]
    public async Task Login_NobodyResumes_FlowsAfterThirtySeconds()
    {
        await MakeWaitForBobAsync();
        await _directory.LogInAsync(_bob);
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(29.9));
        Assert.Empty(await _directory.LeaseDueAsync());
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(0.1));
        Assert.Single(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Accept_BetweenLoginAndResume_IsNotSentToAClientThatIsNotReady()
    {
        await _directory.LogInAsync(_bob);
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "early")).OutcomeCase);
        Assert.Empty(await _directory.LeaseDueAsync());

        await _directory.ResumeAsync(_bob);
        await AdvanceAttachedAsync(TimeSpan.FromSeconds(2.5));

        Assert.Single(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Resume_RouteOfNobody_ChangesNothing() =>
        await _directory.ResumeAsync(new TestUser("x", _ada.Key, _directory.NewRoute()));

    private async Task MakeWaitForBobAsync()
    {
        await _directory.ChangeRunAsync();
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "while you were away")).OutcomeCase);
    }

    private async Task LogInAndResumeAsync(TestUser user)
    {
        await _directory.LogInAsync(user, "ack");
        await _directory.ResumeAsync(user);
    }

    /// <summary>The first is leased, the others wait; their texts are their numbers from 0 on.</summary>
    private async Task<Delivery> SendManyAsync(int count)
    {
        var first = (await _directory.SendAsync(_ada, _bob, "0")).Leased;
        for (var number = 1; number < count; number++)
        {
            Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, $"{number}")).OutcomeCase);
        }

        return first;
    }

    private Task AdvanceAttachedAsync(TimeSpan time) => _directory.AdvanceAttachedAsync(time);
}
