using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Expiry;
using NymDirectory.DirectoryService.Storage.Operations;

namespace NymDirectory.DirectoryService.Tests.Storage;

/// <summary>However much is parked for absent users: what is asked all the time goes through an index that it is not in.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private DirectoryUnderTest _directory = null!;

    public async Task InitializeAsync() => _directory = await DirectoryUnderTest.StartAsync();

    public Task DisposeAsync() => _directory.DisposeAsync().AsTask();

    [Theory]
    [InlineData(LeaseDueMessages.NextDue, "SEARCH b USING INDEX mailboxes_due", 1)]
    [InlineData(LeaseDueMessages.EarliestDue, "SEARCH mailboxes USING COVERING INDEX mailboxes_due", 0)]
    [InlineData(MessageChoice.WaitingMessages, "SEARCH messages USING INDEX messages_recipient", 4)]
    [InlineData(MessageChoice.OldestMessage, "SEARCH messages USING INDEX messages_recipient", 1)]
    [InlineData(MailboxTable.HeadAttempt, "SEARCH messages USING INDEX messages_recipient", 1)]
    [InlineData(KeptMessages.WakeRipe, "SEARCH messages USING INDEX messages_taken", 3)]
    [InlineData(AcceptMessages.FindSender, "SEARCH a USING INDEX accounts_username", 1)]
    [InlineData(SettleDeliveries.Find, "SEARCH m USING INTEGER PRIMARY KEY", 1)]
    [InlineData(AcknowledgeMessages.FindMessage, "SEARCH messages USING INDEX messages_content_hash", 1)]
    [InlineData(RouteTable.MailboxesOfTag, "SEARCH a USING INDEX accounts_route_tag", 2)]
    [InlineData(RouteTable.KeptOnTag, "SEARCH a USING INDEX accounts_route_tag", 2)]
    [InlineData(OldContents.Delete, "SEARCH accepted_contents USING PRIMARY KEY", 3)]
    [InlineData(OldSequences.Delete, "SEARCH sequences USING PRIMARY KEY", 3)]
    [InlineData(ExpiredMessages.Expired, "SEARCH messages USING INTEGER PRIMARY KEY", 3)]
    public async Task Query_OfTheHotPath_UsesItsIndexAndSortsNothing(string query, string step, int parameters)
    {
        var values = Enumerable.Repeat<SqlValue>(0L, parameters).ToArray();
        var plan = await _directory.Get<DirectoryStore>().ReadAsync(
            sql => sql.List($"EXPLAIN QUERY PLAN {query}", (Row row) => row.GetString(3), values), default);

        Assert.Contains(plan, line => line.StartsWith(step, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN", StringComparison.Ordinal) || line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }
}
