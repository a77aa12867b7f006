using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Mailboxes;

/// <summary>How much goes to a client that acknowledges, and to one that is gone.</summary>
public sealed class PaceTests : IAsyncLifetime
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
    public async Task Flow_ManyWaitAtALogin_InWindowsOfSixteen()
    {
        await FillWhileAwayAsync(40);
        var arrived = new List<string>();

        for (var window = 0; window < 3; window++)
        {
            var due = await TakeAllAsync();
            Assert.Equal(window < 2 ? 16 : 8, due.Count);
            Assert.Empty(await _directory.LeaseDueAsync());
            arrived.AddRange(due.Select(DirectoryUnderTest.Text));
            Assert.Equal((uint)due.Count, await _directory.AcknowledgeAsync(_bob.Route, [.. due]));
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(number => $"{number}"), arrived);
    }

    [Fact]
    public async Task Flow_OneOfAWindowAcknowledged_OneMoreGoes()
    {
        await FillWhileAwayAsync(20);
        var window = await TakeAllAsync();

        await _directory.AcknowledgeAsync(_bob.Route, window[3]);

        Assert.Equal("16", DirectoryUnderTest.Text(Assert.Single(await _directory.LeaseDueAsync())));
    }

    [Fact]
    public async Task Accept_WhileOthersAreNotAcknowledged_GoesAtOnceUntilTheWindowIsFull()
    {
        for (var number = 0; number < 16; number++)
        {
            await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, $"{number}")).Leased);
        }

        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "one too many")).OutcomeCase);
        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Quiet_NobodyAnswers_OnlyTheOldestIsTriedAgainFiveTimesAndThenNothing()
    {
        await FillWhileAwayAsync(20);
        Assert.Equal(16, (await TakeAllAsync()).Count);

        foreach (var seconds in new[] { 30, 60, 120, 240, 480 })
        {
            await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(seconds - 1));
            Assert.Empty(await _directory.LeaseDueAsync());
            await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(1));
            Assert.Equal("0", DirectoryUnderTest.Text(Assert.Single(await TakeAllAsync())));
            Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "new")).OutcomeCase);
        }

        await _directory.AdvanceAttachedAsync(TimeSpan.FromDays(2));
        Assert.Empty(await _directory.LeaseDueAsync());
        Assert.Equal(0, await ScalarAsync("SELECT COUNT(*) FROM mailboxes WHERE due_at IS NOT NULL"));
    }

    [Theory]
    [InlineData("login")]
    [InlineData("ack")]
    [InlineData("send")]
    [InlineData("query")]
    public async Task Quiet_ASignOfLife_EverythingFlowsAgain(string sign)
    {
        await FillWhileAwayAsync(20);
        var window = await TakeAllAsync();
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(30));
        await TakeAllAsync();
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(45));
        Assert.Empty(await _directory.LeaseDueAsync());

        await (sign switch
        {
            "login" => LogInAsync(),
            "ack" => _directory.AcknowledgeAsync(_bob.Route, window[0]),
            "send" => _directory.SendAsync(_bob, _bob, "note"),
            _ => _directory.QueryAsync("ada", _bob.Route),
        });

        var due = (await TakeAllAsync()).Select(DirectoryUnderTest.Text).ToList();
        Assert.Equal(Enumerable.Range(sign == "ack" ? 1 : 0, 16).Select(number => $"{number}"), due);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("query")]
    public async Task Quiet_TheSameOnAnotherTag_IsNoSignOfLife(string sign)
    {
        await FillWhileAwayAsync(20);
        await TakeAllAsync();
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(30));
        await TakeAllAsync();
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(45));

        await (sign == "send"
            ? (Task)_directory.SendAsync(_bob, _ada, "from elsewhere", _directory.NewRoute())
            : _directory.QueryAsync("ada", _directory.NewRoute()));

        Assert.DoesNotContain(await _directory.LeaseDueAsync(), due => due.Route.SealedTag == _bob.Route.SealedTag);
    }

    [Fact]
    public async Task SignOfLife_RightAfterTheyWereTaken_SendsNothingTwice()
    {
        await FillWhileAwayAsync(5);
        Assert.Equal(5, (await TakeAllAsync()).Count);

        await _directory.QueryAsync("ada", _bob.Route);
        await _directory.SendAsync(_bob, _ada, "hello");

        Assert.Empty(await _directory.LeaseDueAsync());
    }

    [Fact]
    public async Task SignOfLife_OneIsOverdueAndOneWasJustTaken_OnlyTheFirstComesAgain()
    {
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "overdue")).Leased);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(29));
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "just taken")).Leased);
        await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(12));

        await _directory.QueryAsync("ada", _bob.Route);

        Assert.Equal("overdue", DirectoryUnderTest.Text(Assert.Single(await _directory.LeaseDueAsync())));
    }

    [Fact]
    public async Task Lost_OneOfManyWhileTheUserIsThere_ComesAgainAndLaterEachTime()
    {
        var lost = (await _directory.SendAsync(_ada, _bob, "lost")).Leased;
        await _directory.SettleAsync(Fate.Taken, lost);
        var pauses = new List<int>();
        for (var seconds = 0; seconds < 300; seconds += 10)
        {
            await _directory.AdvanceAttachedAsync(TimeSpan.FromSeconds(10));
            var other = await _directory.SendAsync(_ada, _bob, "arrives");
            if (other.Leased is { } delivery)
            {
                await _directory.SettleAsync(Fate.Taken, delivery);
                await _directory.AcknowledgeAsync(_bob.Route, delivery);
            }

            pauses.AddRange((await TakeAllAsync()).Where(due => DirectoryUnderTest.Text(due) == "lost").Select(_ => seconds + 10));
        }

        Assert.Equal([30, 90, 210], pauses);
    }

    [Fact]
    public async Task AbsentUser_FullMailboxOneDay_CostsAWindowAndFiveRepetitions()
    {
        // What docs/reliability.md says it costs.
        await FillWhileAwayAsync(1_000);
        var sent = 0;
        for (var minute = 0; minute < 60; minute++)
        {
            sent += (await TakeAllAsync()).Count;
            await _directory.AdvanceAttachedAsync(TimeSpan.FromMinutes(1));
        }

        for (var hour = 1; hour < 24; hour++)
        {
            await _directory.AdvanceAttachedAsync(TimeSpan.FromHours(1));
            sent += (await TakeAllAsync()).Count;
        }

        Assert.Equal(21, sent);
    }

    private async Task FillWhileAwayAsync(int count)
    {
        await _directory.ChangeRunAsync();
        var items = Enumerable.Range(0, count).Select(number => DirectoryUnderTest.NewMessage(_ada, _bob, $"{number}")).ToList();
        foreach (var list in items.Chunk(32))
        {
            await _directory.Mailboxes.AcceptAsync(new AcceptRequest { Items = { list } });
        }

        await LogInAsync();
    }

    private async Task LogInAsync()
    {
        await _directory.LogInAsync(_bob, "ack");
        await _directory.ResumeAsync(_bob);
    }

    private async Task<List<Delivery>> TakeAllAsync()
    {
        var due = (await _directory.LeaseDueAsync()).Where(delivery => delivery.Route.SealedTag == _bob.Route.SealedTag).ToList();
        await (due.Count > 0 ? _directory.SettleAsync(Fate.Taken, [.. due]) : Task.CompletedTask);
        return due;
    }

    private Task<long> ScalarAsync(string query) => _directory.Get<DirectoryStore>().ReadAsync(sql => sql.Scalar<long>(query), default);
}
