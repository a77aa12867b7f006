using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.DirectoryService.Storage.Expiry;
using NymDirectory.TestKit;
using Arrived = NymDirectory.Contracts.V1.AcceptOutcome.OutcomeOneofCase;

namespace NymDirectory.DirectoryService.Tests.Storage.Expiry;

public sealed class ExpiryRoundsTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;
    private TestUser _ada = null!;
    private TestUser _bob = null!;

    private DirectoryStore Store => _directory.Get<DirectoryStore>();

    public async Task InitializeAsync()
    {
        _directory = await DirectoryUnderTest.StartAttachedAsync("--Mailbox:MessageDays=3", "--Mailbox:MemoryDays=5");
        _ada = await _directory.RegisterAsync("ada");
        _bob = await _directory.RegisterAsync("bob", "ack");
        await FirstRoundAsync();
    }

    public async Task DisposeAsync()
    {
        await _directory.AssertCountersAsync();
        _directory.Service.Logs.AssertNoErrors();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Round_MessagesPastTheirTime_EndWhateverTheirState()
    {
        await _directory.SettleAsync(Fate.Taken, (await _directory.SendAsync(_ada, _bob, "taken")).Leased);
        await _directory.ChangeRunAsync();
        await _directory.SendAsync(_ada, _bob, "waiting");
        await PassDaysAsync(1);
        await _directory.SendAsync(_ada, _bob, "younger");

        await PassDaysAsync(2);
        Assert.Equal(3, Store.Depth);
        await PassDaysAsync(1);
        Assert.Equal(1, Store.Depth);
        await PassDaysAsync(1);

        Assert.Equal(0, Store.Depth);
        Assert.Equal(0, await ScalarAsync("SELECT COUNT(*) FROM messages"));
    }

    [Fact]
    public async Task Round_AMailboxFullOfOldMessages_HasRoomAgain()
    {
        await _directory.ChangeRunAsync();
        foreach (var list in Enumerable.Range(0, 1_000).Select(number => DirectoryUnderTest.NewMessage(_ada, _bob, $"{number}")).Chunk(32))
        {
            await _directory.Mailboxes.AcceptAsync(new AcceptRequest { Items = { list } });
        }

        Assert.Equal(Arrived.MailboxFull, (await _directory.SendAsync(_ada, _bob, "no room")).OutcomeCase);
        await PassDaysAsync(4);

        Assert.Equal(0, Store.Depth);
        Assert.Equal(Arrived.Pending, (await _directory.SendAsync(_ada, _bob, "room")).OutcomeCase);
    }

    [Fact]
    public async Task Round_ContentHash_IsForgottenAfterItsTimeAndNotBefore()
    {
        var item = DirectoryUnderTest.NewMessage(_ada, _bob, "1");
        await _directory.AcknowledgeAsync(_bob.Route, (await _directory.AcceptAsync(item)).Leased);
        await PassDaysAsync(5);
        Assert.Equal(Arrived.Settled, (await _directory.AcceptAsync(item)).OutcomeCase);

        await PassDaysAsync(1);

        Assert.Equal(0, await ScalarAsync("SELECT COUNT(*) FROM accepted_contents"));
        Assert.True((await _directory.AcceptAsync(item)).OutcomeCase is Arrived.Leased or Arrived.Pending);
    }

    [Fact]
    public async Task Round_ARefusedMessage_LeftNoHash()
    {
        await _directory.SendAsync(_ada, new TestUser("nobody", _ada.Key, _ada.Route), "x");
        Assert.Equal(0, await ScalarAsync("SELECT COUNT(*) FROM accepted_contents"));
    }

    [Fact]
    public async Task Round_APairThatWasSilentForLong_IsForgottenAndNumbersStillGrow()
    {
        await SendAndAcknowledgeAsync();
        var before = await SendAndAcknowledgeAsync();
        await PassDaysAsync(6);
        Assert.Equal(0, await ScalarAsync("SELECT COUNT(*) FROM sequences"));
        await _directory.RestartAsync();
        await _directory.AttachAsync();

        var after = await SendAndAcknowledgeAsync();

        Assert.Equal((2ul, 1_001ul), (before, after));
        Assert.Equal(1_002ul, await SendAndAcknowledgeAsync());
    }

    [Fact]
    public async Task Round_MoreThanOneStretch_AllOfItIsLookedThrough()
    {
        await Store.WriteAsync(new Fill());

        await PassDaysAsync(1);

        Assert.Equal(0, await ScalarAsync("SELECT COUNT(*) FROM accepted_contents"));
    }

    [Fact]
    public async Task Clock_YearsAheadForAnHour_CostsADayAtMost()
    {
        await _directory.ChangeRunAsync();
        await _directory.SendAsync(_ada, _bob, "waits");
        var right = _directory.Time.GetUtcNow();

        _directory.Time.AdjustTime(right.AddDays(4_000));
        await PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, Store.Depth);
        _directory.Time.AdjustTime(right.AddHours(1));
        await PassDaysAsync(2);

        Assert.Equal(1, Store.Depth);
    }

    [Fact]
    public async Task Clock_YearsBackWhenAMessageComes_ItIsNotOldAtOnce()
    {
        var right = _directory.Time.GetUtcNow();
        _directory.Time.AdjustTime(DateTimeOffset.UnixEpoch.AddHours(1));
        await _directory.ChangeRunAsync();
        await _directory.SendAsync(_ada, _bob, "waits");

        _directory.Time.AdjustTime(right);
        await PassDaysAsync(2);

        Assert.Equal(1, Store.Depth);
    }

    [Fact]
    public async Task Start_AgainAndAgainWithAClockThatIsAhead_CostsNothing()
    {
        await _directory.ChangeRunAsync();
        await _directory.SendAsync(_ada, _bob, "waits");
        _directory.Time.AdjustTime(_directory.Time.GetUtcNow().AddDays(4_000));

        for (var start = 0; start < 5; start++)
        {
            await _directory.RestartAsync();
            await FirstRoundAsync();
        }

        Assert.Equal(1, Store.Depth);
    }

    private Task FirstRoundAsync() => Eventually.True(() => _directory.Get<ExpiryRounds>().Rounds == 1);

    private async Task PassDaysAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await PassAsync(TimeSpan.FromDays(1));
        }
    }

    /// <summary>A time passes, and with it a round.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var rounds = _directory.Get<ExpiryRounds>();
        var before = rounds.Rounds;
        await Eventually.True(() => rounds.IsWaiting);
        _directory.Time.Advance(time);
        await Eventually.True(() => rounds.Rounds > before && rounds.IsWaiting);
    }

    private async Task<ulong> SendAndAcknowledgeAsync()
    {
        var delivery = (await _directory.SendAsync(_ada, _bob, "x")).Leased;
        await _directory.AcknowledgeAsync(_bob.Route, delivery);
        return delivery.Sequence;
    }

    private Task<long> ScalarAsync(string query) => Store.ReadAsync(sql => sql.Scalar<long>(query), default);

    private sealed class Fill : WriteOperation<int>
    {
        protected override int Apply(WriteSession session) => session.Sql.Execute("""
            INSERT INTO accepted_contents (hash, day)
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 5000) SELECT randomblob(16), 1 FROM numbers
            """);
    }
}
