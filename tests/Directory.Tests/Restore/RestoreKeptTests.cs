using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Tests.CommandLine;
using NymDirectory.TestKit;

namespace NymDirectory.DirectoryService.Tests.Restore;

/// <summary>What a restore does to messages that wait for an acknowledgement.</summary>
public sealed class RestoreKeptTests
{
    [Fact]
    public async Task Restore_OfWhatWasTakenAndAcknowledgedSince_GoesOutAgainUnderTheSameIdsInANewRound()
    {
        using var folder = new TemporaryFolder();
        await using var directory = await DirectoryUnderTest.StartAttachedAsync();
        var ada = await directory.RegisterAsync("ada");
        var bob = await directory.RegisterAsync("bob", "ack");
        var taken = (await directory.SendAsync(ada, bob, "taken")).Leased;
        await directory.SettleAsync(Fate.Taken, taken);
        var leased = Assert.Single([.. await SendAndLeaseAsync(directory, ada, bob)]);
        (await DirectoryCommand.RunAsync(directory.Database, "backup", folder.File("backup.db"))).AssertDone();
        await directory.SettleAsync(Fate.Taken, leased);
        Assert.Equal(2u, await directory.AcknowledgeAsync(bob.Route, taken, leased));

        await directory.RestartAsync(async () =>
            (await DirectoryCommand.RunAsync(directory.Database, "restore", folder.File("backup.db"), "--replace")).AssertDone());
        await directory.AttachAsync();
        await directory.AssertCountersAsync();
        Assert.Empty(await directory.LeaseDueAsync());
        await directory.LogInAsync(bob, "ack");
        await directory.ResumeAsync(bob);
        var again = (await directory.LeaseDueAsync()).ToArray();

        Assert.Equal([taken.MessageId, leased.MessageId], again.Select(delivery => delivery.MessageId));
        Assert.Equal([taken.Sequence, leased.Sequence], again.Select(delivery => delivery.Sequence));
        Assert.All(again, delivery => Assert.True(delivery.Round > Math.Max(taken.Round, leased.Round)));
        await directory.SettleAsync(Fate.Taken, again);
        Assert.Equal(2u, await directory.AcknowledgeAsync(bob.Route, again));
        await directory.AssertCountersAsync();
        directory.Service.Logs.AssertNoErrors();
    }

    private static async Task<IReadOnlyList<Delivery>> SendAndLeaseAsync(DirectoryUnderTest directory, TestUser from, TestUser to)
    {
        var outcome = await directory.SendAsync(from, to, "leased");
        return outcome.Leased is { } delivery ? [delivery] : await directory.LeaseDueAsync();
    }
}
