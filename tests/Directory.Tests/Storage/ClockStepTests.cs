using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Storage;

public sealed class ClockStepTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clock_SetBackByADay_NothingLastsLongerThanItShould(bool whileStopped)
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob");
        await directory.LogInAsync(bob);
        await directory.SendAsync(ada, ada, "leased");
        await directory.SendAsync(ada, bob, "held");

        directory.Time.AdjustTime(directory.Time.GetUtcNow() - TimeSpan.FromDays(1));
        if (whileStopped)
        {
            await directory.RestartAsync();
        }

        await directory.AttachAsync();
        Assert.Empty(await directory.LeaseDueAsync());
        await AdvanceAsync(directory, seconds: 30);

        Assert.Equal(
            ["held", "leased"], (await directory.LeaseDueAsync()).Select(DirectoryUnderTest.Text).Order(StringComparer.Ordinal));
        directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Clock_SetBackWhileNobodyWasThere_IsNoticedAtTheStart()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.SendAsync(ada, ada, "leased");
        await directory.Gateways.DetachAsync(new DetachRequest { GatewayId = DirectoryUnderTest.GatewayId, InstanceId = directory.Instance });

        directory.Time.AdjustTime(directory.Time.GetUtcNow() - TimeSpan.FromDays(1));
        await directory.RestartAsync();
        await directory.AttachAsync();
        await AdvanceAsync(directory, seconds: 30);

        Assert.Equal("leased", DirectoryUnderTest.Text(Assert.Single(await directory.LeaseDueAsync())));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_ClockWentOn_WhatIsParkedStaysParked(bool detached)
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.ChangeRunAsync();
        await directory.SendAsync(ada, ada, "parked");
        if (detached)
        {
            await directory.Gateways.DetachAsync(new DetachRequest { GatewayId = DirectoryUnderTest.GatewayId, InstanceId = directory.Instance });
        }

        await directory.RestartAsync();
        await directory.AttachAsync();

        // Nobody asked for what is due yet: it would be parked again, each mailbox by a change of its own.
        Assert.Equal(1, await ParkedAsync(directory));
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    public async Task Clock_JumpsByADayBothWays_EveryMessageIsThereAndComes(int first, int second)
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob", "ack");
        var taken = (await directory.SendAsync(ada, bob, "taken before")).Leased;
        await directory.SettleAsync(Fate.Taken, taken);
        await directory.SendAsync(ada, ada, "leased before");
        foreach (var days in new[] { first, second })
        {
            directory.Time.AdjustTime(directory.Time.GetUtcNow() + TimeSpan.FromDays(days));
            await directory.AttachAsync();
            await directory.SendAsync(ada, bob, $"after {days}");
            await directory.AssertCountersAsync();
        }

        // Everybody is where they were, by the clock; what was under way is tried again within its time all the same.
        var came = new HashSet<string>();
        for (var minute = 0; minute < 70 && came.Count < 4; minute++)
        {
            await directory.QueryAsync("ada", bob.Route);
            foreach (var delivery in await directory.LeaseDueAsync())
            {
                came.Add(DirectoryUnderTest.Text(delivery));
                await directory.SettleAsync(Fate.Taken, delivery);
                if (!delivery.MessageId.IsEmpty)
                {
                    await directory.AcknowledgeAsync(bob.Route, delivery);
                }
            }

            await directory.AdvanceAttachedAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Superset(new HashSet<string> { "taken before", "leased before", $"after {first}", $"after {second}" }, came);
        directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Clock_SetBackByADay_ADeadGatewaysIdIsFreeAfterItsLease()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        directory.Time.AdjustTime(directory.Time.GetUtcNow() - TimeSpan.FromDays(1));
        var request = new AttachRequest
        {
            GatewayId = DirectoryUnderTest.GatewayId,
            InstanceId = DirectoryUnderTest.NewId(),
            Endpoint = DirectoryUnderTest.Endpoint,
        };

        Assert.InRange((await directory.Gateways.AttachAsync(request)).HeldByAnother.EndsInMilliseconds, 1u, 15_000u);
        directory.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.NotNull((await directory.Gateways.AttachAsync(request)).Attached);
    }

    [Fact]
    public async Task Clock_SetBackByADay_AQuietUserIsStillTried()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob", "ack");
        await directory.SettleAsync(Fate.Taken, (await directory.SendAsync(ada, bob, "1")).Leased);
        await AdvanceAsync(directory, seconds: 30);
        await directory.SettleAsync(Fate.Taken, Assert.Single(await directory.LeaseDueAsync()));

        directory.Time.AdjustTime(directory.Time.GetUtcNow() - TimeSpan.FromDays(1));
        await directory.AttachAsync();

        // At the latest after the longest that it waits for a repetition.
        await AdvanceAsync(directory, seconds: 960);
        Assert.Single(await directory.LeaseDueAsync());
        directory.Service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Clock_SetBackByADay_TakenMessagesComeAgainAtASignOfLife()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob", "ack");
        await directory.SettleAsync(Fate.Taken, (await directory.SendAsync(ada, bob, "1")).Leased);
        directory.Time.AdjustTime(directory.Time.GetUtcNow() - TimeSpan.FromDays(1));
        await directory.AttachAsync();
        await AdvanceAsync(directory, seconds: 960);
        await directory.LeaseDueAsync();

        await directory.SendAsync(bob, ada, "I am here");
        await AdvanceAsync(directory, seconds: 30);

        Assert.Contains(await directory.LeaseDueAsync(), due => due.Route.SealedTag == bob.Route.SealedTag);
    }

    [Fact]
    public async Task Clock_SetBackByADay_WhatWasRefusedIsNotStalled()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.SettleAsync(Fate.Refused, (await directory.SendAsync(ada, ada, "1")).Leased);

        directory.Time.AdjustTime(directory.Time.GetUtcNow() - TimeSpan.FromDays(1));
        await directory.AttachAsync();
        await AdvanceAsync(directory, seconds: 30);

        Assert.Single(await directory.LeaseDueAsync());
    }

    [Fact]
    public async Task Clock_SetForwardByADay_CostsOneRepetition()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob", "ack");
        var first = (await directory.SendAsync(ada, bob, "1")).Leased;
        await directory.SettleAsync(Fate.Taken, first);
        await directory.SettleAsync(Fate.Taken, (await directory.SendAsync(ada, bob, "2")).Leased);

        directory.Time.AdjustTime(directory.Time.GetUtcNow() + TimeSpan.FromDays(1));
        await directory.AttachAsync();
        var again = Assert.Single(await directory.LeaseDueAsync());
        await directory.SettleAsync(Fate.Taken, again);
        Assert.Empty(await directory.LeaseDueAsync());

        Assert.Equal(first.DeliveryId, again.DeliveryId);
        Assert.Equal(1u, await directory.AcknowledgeAsync(bob.Route, again));
        Assert.Equal("2", DirectoryUnderTest.Text(Assert.Single(await directory.LeaseDueAsync())));
        await directory.AssertCountersAsync();
    }

    [Fact]
    public async Task Clock_AheadForAMoment_WhatWasParkedMeanwhileIsDueAtOnceAndWhoeverWaitsIsTold()
    {
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        await directory.SendAsync(ada, ada, "parked");

        // To that clock the gateway's lease is over, before it could renew it.
        directory.Time.AdjustTime(directory.Time.GetUtcNow() + TimeSpan.FromDays(1));
        Assert.Empty(await directory.LeaseDueAsync());
        Assert.Equal(1, await ParkedAsync(directory));
        directory.Time.AdjustTime(directory.Time.GetUtcNow() - TimeSpan.FromDays(1));
        var waiting = directory.Mailboxes.LeaseDueAsync(new LeaseDueRequest { MaxDeliveries = 8, WaitMilliseconds = 10_000 }).ResponseAsync;
        await Eventually.True(() => directory.Get<DirectoryService.Mailboxes.DueDesk>().Waiting == 1 || waiting.IsCompleted);
        await directory.AttachAsync();

        Assert.Equal("parked", DirectoryUnderTest.Text(Assert.Single((await waiting.Within()).Deliveries)));
        directory.Service.Logs.AssertNoErrors();
    }

    private static Task<long> ParkedAsync(DirectoryUnderTest directory) => directory.Get<DirectoryStore>().ReadAsync(
        sql => sql.Scalar<long>("SELECT COUNT(*) FROM mailboxes WHERE due_at IS NULL AND message_count = 1"), default);

    private static async Task AdvanceAsync(DirectoryUnderTest directory, int seconds)
    {
        for (var second = 0; second < seconds; second += 10)
        {
            directory.Time.Advance(TimeSpan.FromSeconds(10));
            await directory.AttachAsync();
        }
    }
}
