using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Mailboxes;

/// <summary>A recipient who acknowledges: bob. Ada, who writes, does not.</summary>
public sealed class AcknowledgeTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;
    private TestUser _ada = null!;
    private TestUser _bob = null!;

    public async Task InitializeAsync()
    {
        _directory = await DirectoryUnderTest.StartAttachedAsync();
        _ada = await _directory.RegisterAsync("ada");
        _bob = await _directory.RegisterAsync("bob", "ack");
    }

    public async Task DisposeAsync()
    {
        await _directory.AssertCountersAsync();
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Delivery_ToWhoAcknowledges_HasIdAndNumber_ToOthersNoId()
    {
        var toBob = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        var toAda = (await _directory.SendAsync(_bob, _ada, "2")).Leased;

        Assert.Equal((16, 1ul, 0u), (toBob.MessageId.Length, toBob.Sequence, toBob.Round));
        Assert.Equal((0, 0ul), (toAda.MessageId.Length, toAda.Sequence));
    }

    [Fact]
    public async Task Login_AsOneWhoAcknowledges_WhatWaitsIsNumberedInItsOrder()
    {
        await _directory.SendAsync(_bob, _ada, "1");
        await _directory.SendAsync(_bob, _ada, "2");
        await _directory.SendAsync(_ada, _ada, "other sender");

        await _directory.LogInAsync(_ada, "ack");
        await _directory.ResumeAsync(_ada);
        var waiting = await _directory.LeaseDueAsync();
        await _directory.SendAsync(_bob, _ada, "3");
        foreach (var delivery in waiting)
        {
            await _directory.SettleAsync(Fate.Taken, delivery);
            await _directory.AcknowledgeAsync(_ada.Route, delivery);
        }

        Assert.Equal(["1", "2", "other sender"], waiting.Select(DirectoryUnderTest.Text));
        Assert.Equal([1ul, 2, 1], waiting.Select(delivery => delivery.Sequence));
        Assert.Equal(3ul, Assert.Single(await _directory.LeaseDueAsync()).Sequence);
    }

    [Fact]
    public async Task Login_AsOneWhoAcknowledges_ASingleMessageIsNumberedToo()
    {
        await _directory.SendAsync(_bob, _ada, "1");

        await _directory.LogInAsync(_ada, "ack");
        await _directory.ResumeAsync(_ada);

        Assert.Equal(1ul, Assert.Single(await _directory.LeaseDueAsync()).Sequence);
    }

    [Fact]
    public async Task Login_AsOneWhoAcknowledges_WhatWaitsForOthersIsNotNumbered()
    {
        var carl = await _directory.RegisterAsync("carl");
        await _directory.SendAsync(_bob, carl, "for carl");
        await _directory.SendAsync(_bob, _ada, "for ada");

        await _directory.LogInAsync(_ada, "ack");

        Assert.Equal([("for carl", 0), ("for ada", 1)], await NumbersAsync());
    }

    [Fact]
    public async Task Login_WithoutAck_NumbersNothing()
    {
        await _directory.SendAsync(_bob, _ada, "1");

        await _directory.LogInAsync(_ada);

        Assert.Equal([("1", 0)], await NumbersAsync());
    }

    [Fact]
    public async Task Login_WithAckAgainAfterOneWithout_NumbersGoOnAndThoseGivenStay()
    {
        await _directory.SendAsync(_ada, _bob, "1");
        await _directory.LogInAsync(_bob);
        await _directory.SendAsync(_ada, _bob, "2");
        await _directory.SendAsync(_ada, _bob, "3");
        Assert.Equal([("1", 1), ("2", 0), ("3", 0)], await NumbersAsync());

        await _directory.LogInAsync(_bob, "ack");

        Assert.Equal([("1", 1), ("2", 2), ("3", 3)], await NumbersAsync());
    }

    [Fact]
    public async Task Delivery_AgainAndAfterARestart_HasTheSameId()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "1");
        var first = (await _directory.AcceptAsync(item)).Leased;
        Assert.NotEqual(item.ContentHash, first.MessageId);
        await _directory.SettleAsync(Fate.Taken, first);
        await _directory.RestartAsync();

        var again = Assert.Single(await LogInAndLeaseAsync());

        Assert.Equal((first.DeliveryId, first.MessageId, first.Sequence), (again.DeliveryId, again.MessageId, again.Sequence));
        Assert.True(again.Round > first.Round);
    }

    [Fact]
    public async Task Acknowledge_WhatWasTaken_EndsItOnceAndOnlyThen()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "1");
        var delivery = (await _directory.AcceptAsync(item)).Leased;
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.RunLost, delivery));
        Assert.Equal(Arrived.Pending, (await _directory.AcceptAsync(item)).OutcomeCase);
        Assert.Equal(1, _directory.Get<DirectoryStore>().Depth);

        Assert.Equal(1u, await _directory.AcknowledgeAsync(_bob.Route, delivery));

        Assert.Equal(0, _directory.Get<DirectoryStore>().Depth);
        Assert.Equal(Arrived.Settled, (await _directory.AcceptAsync(item)).OutcomeCase);
        Assert.Equal(0u, await _directory.AcknowledgeAsync(_bob.Route, delivery));
    }

    [Fact]
    public async Task Acknowledge_BeforeTheGatewaySaidTaken_EndsItAndItsLease()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;

        Assert.Equal(1u, await _directory.AcknowledgeAsync(_bob.Route, delivery));

        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _bob, "2")).OutcomeCase);
    }

    [Fact]
    public async Task Acknowledge_BySomebodyElseOrMadeUp_ChangesNothing()
    {
        var eve = await _directory.RegisterAsync("eve", "ack");
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SettleAsync(Fate.Taken, delivery);

        Assert.Equal(0u, await _directory.AcknowledgeAsync(eve.Route, delivery));
        Assert.Equal(0u, await _directory.AcknowledgeAsync(_directory.NewRoute(), delivery));
        Assert.Equal(0u, await _directory.AcknowledgeAsync(_bob.Route, new Delivery(delivery) { MessageId = DirectoryUnderTest.NewId() }));

        Assert.Equal(1, _directory.Get<DirectoryStore>().Depth);
        Assert.Equal(1u, await _directory.AcknowledgeAsync(_bob.Route, delivery));
    }

    [Fact]
    public async Task Acknowledge_ByTheContentHash_ChangesNothing()
    {
        // Its sender knows that one.
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "1");
        var delivery = (await _directory.AcceptAsync(item)).Leased;

        Assert.Equal(0u, await _directory.AcknowledgeAsync(_bob.Route, new Delivery(delivery) { MessageId = item.ContentHash }));
    }

    [Fact]
    public async Task Acknowledge_InALaterRunOnTheSameTag_Counts()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SettleAsync(Fate.Taken, delivery);
        await _directory.ChangeRunAsync();

        Assert.Equal(1u, await _directory.AcknowledgeAsync(InThisRun(_bob.Route), delivery));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public async Task Acknowledge_TooFewOrTooManyIds_BreaksTheContract(int count) => await BrokenContract.AssertAsync(
        () => _directory.AcknowledgeAsync(_bob.Route, [.. Enumerable.Repeat(new Delivery { MessageId = DirectoryUnderTest.NewId() }, count)]));

    [Fact]
    public async Task Acknowledge_IdOfAnotherSize_BreaksTheContract() => await BrokenContract.AssertAsync(
        () => _directory.AcknowledgeAsync(_bob.Route, new Delivery { MessageId = ByteString.CopyFrom(1, 2, 3) }));

    [Fact]
    public async Task Settle_TakenInARunThatIsOver_IsWaitingAgain()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.ChangeRunAsync();
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, delivery));

        Assert.Equal("1", DirectoryUnderTest.Text(Assert.Single(await LogInAndLeaseAsync())));
    }

    [Fact]
    public async Task Run_EndsAfterItTookSome_TheyWaitAndFlowWhenASendBringsTheRouteIntoTheNewRun()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SettleAsync(Fate.Taken, delivery);
        await _directory.ChangeRunAsync();
        Assert.Empty(await _directory.LeaseDueAsync());

        await _directory.SendAsync(_bob, _ada, "I am back", InThisRun(_bob.Route));

        var again = Assert.Single(await _directory.LeaseDueAsync(), due => due.Route.SealedTag == _bob.Route.SealedTag);
        Assert.Equal((delivery.DeliveryId, delivery.MessageId), (again.DeliveryId, again.MessageId));
    }

    [Fact]
    public async Task Login_WhileOneIsUnderWay_ItGoesToTheNewTagAndTheOldWordDoesNotCount()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;

        var again = Assert.Single(await LogInAndLeaseAsync());

        Assert.Equal((_bob.Route, delivery.Round + 1), (again.Route, again.Round));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, again));
        Assert.Equal(1u, await _directory.AcknowledgeAsync(_bob.Route, again));
    }

    [Fact]
    public async Task Login_WithoutAck_WhatWasTakenComesOnceMoreAndIsThenDoneWith()
    {
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "1")).Leased);
        await _directory.LogInAsync(_bob);
        await _directory.ResumeAsync(_bob);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(2.5));

        var again = Assert.Single(await _directory.LeaseDueAsync());
        Assert.True(again.MessageId.IsEmpty);
        await _directory.SettleAsync(Fate.Taken, again);

        Assert.Equal(0, _directory.Get<DirectoryStore>().Depth);
    }

    private Route InThisRun(Route route) => new(route) { RunId = _directory.Run };

    /// <summary>What is kept, in its order, with the numbers that it has.</summary>
    private Task<List<(string Text, long Sequence)>> NumbersAsync() => _directory.Get<DirectoryStore>().ReadAsync(
        sql => sql.List("SELECT CAST(content AS TEXT), sequence FROM messages ORDER BY id", row => (row.GetString(0), row.GetInt64(1))), default);

    private async Task<IReadOnlyList<Delivery>> LogInAndLeaseAsync()
    {
        await _directory.AttachAsync();
        await _directory.LogInAsync(_bob, "ack");
        await _directory.ResumeAsync(_bob);
        return await _directory.LeaseDueAsync();
    }
}
