using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Mailboxes;

/// <summary>Recipients who cannot acknowledge.</summary>
public sealed class LegacyTests : IAsyncLifetime
{
    private const string AtLeastOnce = "--Mailbox:Legacy=AtLeastOnce";

    private DirectoryUnderTest _directory = null!;
    private TestUser _ada = null!;
    private TestUser _bob = null!;
    private TestUser _eve = null!;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await _directory.AssertCountersAsync();
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Login_WhileOneIsUnderWayToTheOldTag_ItGoesToTheNewOne()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;

        var again = Assert.Single(await LogInAndLeaseAsync());

        Assert.Equal((_bob.Route, 1u), (again.Route, again.Round));
        Assert.Equal(0u, await _directory.SettleAsync(Fate.Taken, delivery));
        Assert.Equal(1u, await _directory.SettleAsync(Fate.Taken, again));
    }

    [Fact]
    public async Task AtLeastOnce_LoginUnderANewTag_HandsOverAgain()
    {
        await RestartAsync(AtLeastOnce);
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "1")).Leased);
        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _bob, "2")).OutcomeCase);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromMinutes(50));

        Assert.Equal(["1", "2"], (await LogInAndLeaseAsync()).Select(DirectoryUnderTest.Text));
    }

    [Fact]
    public async Task AtLeastOnce_NoSignOfLife_NothingIsTriedAgainOnTheSameTag()
    {
        await RestartAsync(AtLeastOnce);
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "1")).Leased);

        await _directory.AdvanceAttachedAsync(TimeSpan.FromMinutes(50));

        Assert.Empty(await _directory.LeaseDueAsync());
        Assert.Equal(1, _directory.Get<DirectoryStore>().Depth);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AtLeastOnce_ASignOfLife_EndsWhatHadTimeToArrive(bool byQuery)
    {
        await RestartAsync(AtLeastOnce);
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "1")).Leased);
        await SignAsync(byQuery);
        Assert.Equal(1, _directory.Get<DirectoryStore>().Depth);

        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(30));
        await SignAsync(byQuery);

        Assert.Equal(0, _directory.Get<DirectoryStore>().Depth);
        Assert.Empty(await LogInAndLeaseAsync());
    }

    [Fact]
    public async Task AtLeastOnce_MailboxFull_WhatWasHandedOverMakesRoom()
    {
        await RestartAsync(AtLeastOnce, "--Mailbox:MaxMessages=2");
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "1")).Leased);
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "2")).Leased);
        Assert.Equal(Arrived.MailboxFull, (await _directory.SendAsync(_ada, _bob, "too soon")).OutcomeCase);

        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _bob, "3")).OutcomeCase);
        Assert.Equal(1, _directory.Get<DirectoryStore>().Depth);
    }

    [Fact]
    public async Task AtLeastOnce_RoomThatWasMadeIsNotEnough_TheCountsStayRight()
    {
        await RestartAsync(AtLeastOnce, "--Mailbox:MaxBytes=131072");
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "short")).Leased);
        var large = (await _directory.SendAsync(_ada, _bob, new string('x', 120_000))).Leased;
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(20));
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(Arrived.MailboxFull, (await _directory.SendAsync(_ada, _bob, new string('y', 20_000))).OutcomeCase);
        Assert.Equal(1, _directory.Get<DirectoryStore>().Depth);

        await _directory.SettleAsync(Fate.Taken, large);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(40));

        // It takes the whole mailbox, and it is the only one there.
        Assert.NotEqual(Arrived.MailboxFull, (await _directory.SendAsync(_ada, _bob, new string('z', 131_072))).OutcomeCase);
        Assert.Equal(1, _directory.Get<DirectoryStore>().Depth);
    }

    [Fact]
    public async Task AtLeastOnce_RunThatTookItIsOver_ItGoesIntoTheNewRun()
    {
        await RestartAsync(AtLeastOnce);
        var delivery = (await _directory.SendAsync(_ada, _bob, "1")).Leased;
        await _directory.SettleAsync(Fate.Taken, delivery);
        await _directory.ChangeRunAsync();

        await _directory.SendAsync(_bob, _ada, "I am back", new Route(_bob.Route) { RunId = _directory.Run });

        var again = Assert.Single(await _directory.LeaseDueAsync(), due => due.Route.SealedTag == _bob.Route.SealedTag);
        Assert.Equal("1", DirectoryUnderTest.Text(again));
    }

    [Fact]
    public async Task Introduction_TheNextOfItsSender_WaitsForASecondAfterItWasTaken()
    {
        var first = (await IntroduceAsync(_ada, "first")).Leased;
        await _directory.SendAsync(_ada, _bob, "second");
        await _directory.SendAsync(_eve, _bob, "of another");
        await _directory.SettleAsync(Fate.Taken, first);

        Assert.Equal("of another", DirectoryUnderTest.Text(await LeaseOneAndTakeAsync()));
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(0.999));
        Assert.Empty(await _directory.LeaseDueAsync());
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(0.001));

        Assert.Equal("second", DirectoryUnderTest.Text(await LeaseOneAndTakeAsync()));
    }

    [Fact]
    public async Task Introduction_TheNextComesAfterItWasTaken_WaitsTheRestOfTheSecond()
    {
        await _directory.SettleAsync(Fate.Taken, (await IntroduceAsync(_ada, "first")).Leased);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(0.4));

        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "second")).OutcomeCase);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(0.5));
        Assert.Empty(await _directory.LeaseDueAsync());
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(0.1));

        Assert.Equal("second", DirectoryUnderTest.Text(await LeaseOneAndTakeAsync()));
        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _bob, "third")).OutcomeCase);
    }

    [Fact]
    public async Task Introduction_AllWaitForALogin_TheFirstGoesBeforeTheOthersOfItsSender()
    {
        await _directory.ChangeRunAsync();
        await IntroduceAsync(_ada, "first");
        await _directory.SendAsync(_ada, _bob, "second");
        await _directory.SendAsync(_eve, _bob, "of another");
        await _directory.SendAsync(_ada, _bob, "third");

        var window = await LogInAndLeaseAsync();
        Assert.Equal(["first", "of another"], window.Select(DirectoryUnderTest.Text));
        await _directory.SettleAsync(Fate.Taken, [.. window]);
        Assert.Empty(await _directory.LeaseDueAsync());
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["second", "third"], (await _directory.LeaseDueAsync()).Select(DirectoryUnderTest.Text));
    }

    [Fact]
    public async Task Introduction_ToWhoAcknowledges_HoldsNothingBack()
    {
        await _directory.LogInAsync(_bob, "ack");
        await _directory.ResumeAsync(_bob);
        await _directory.SettleAsync(Fate.Taken, (await IntroduceAsync(_ada, "first")).Leased);

        Assert.Equal(Arrived.Leased, (await _directory.SendAsync(_ada, _bob, "second")).OutcomeCase);
    }

    private Task<AcceptOutcome> IntroduceAsync(TestUser from, string text)
    {
        var item = DirectoryUnderTest.NewMessage(from, _bob, text);
        item.Introduces = true;
        return _directory.AcceptAsync(item);
    }

    /// <summary>A send that is refused later is one as well: its sender is known by then.</summary>
    private Task SignAsync(bool byQuery) => byQuery
        ? _directory.QueryAsync("ada", _bob.Route)
        : _directory.SendAsync(_bob, new TestUser("nobody", _bob.Key, _bob.Route), "note");

    private async Task<Delivery> LeaseOneAndTakeAsync()
    {
        var delivery = Assert.Single(await _directory.LeaseDueAsync());
        await _directory.SettleAsync(Fate.Taken, delivery);
        return delivery;
    }

    private async Task<IReadOnlyList<Delivery>> LogInAndLeaseAsync()
    {
        await _directory.LogInAsync(_bob);
        await _directory.ResumeAsync(_bob);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(2.5));
        return await _directory.LeaseDueAsync();
    }

    private async Task RestartAsync(params string[] arguments)
    {
        await _directory.DisposeAsync();
        await StartAsync(arguments);
    }

    private async Task StartAsync(params string[] arguments)
    {
        _directory = await DirectoryUnderTest.StartAttachedAsync(arguments);
        _ada = await _directory.RegisterAsync("ada");
        _bob = await _directory.RegisterAsync("bob");
        _eve = await _directory.RegisterAsync("eve");
    }
}
