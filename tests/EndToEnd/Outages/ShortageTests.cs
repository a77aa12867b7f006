using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Outages;

/// <summary>A mailbox for a client that has few reply blocks and goes away: what nym-client could not send stays in the mailbox.</summary>
public sealed class ShortageTests
{
    private const int Waiting = 200;

    // What left for a client that was gone already, by reply blocks that it had given: ten with each of the log-in's two messages, less the two answers and the
    // ten that are held back; and one request for more, answered just before: at most a lease of 16 messages and the buffer of 5.
    private const int SentToNobody = 8 + 21;

    [Fact]
    public async Task Backlog_ClientDiesAfterTheFirst_TheRestArrivesAtTheNextLogin()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        var former = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        var (name, key) = (former.Username, former.Key);
        await former.DisposeAsync();
        await ForgetRoutesAsync(node);
        var texts = Enumerable.Range(0, Waiting).Select(i => $"waits {i:d3} for {name}").ToList();
        foreach (var text in texts)
        {
            await sender.SendAsync(name, key.PublicKey, text);
        }

        var dying = await LegacyClient.StartAsync(node, name, key);
        await dying.LogInAsync();
        await node.FaultsAsync("--client", dying.NymClient.Id, "--delay", "1s");
        await Eventually.True(() => dying.Incoming.Count > 0, TimeSpan.FromSeconds(30));
        await dying.DisposeAsync();
        var seen = dying.TextsFrom(sender).ToHashSet();

        await using var returning = await LegacyClient.StartAsync(node, name, key);
        await returning.LogInAsync();
        await Eventually.True(
            () => returning.TextsFrom(sender).Concat(seen).Distinct().Count() >= Waiting - SentToNobody, TimeSpan.FromSeconds(150), "the rest arrives");

        Assert.Subset(texts.ToHashSet(), returning.TextsFrom(sender).ToHashSet());
        await node.StopAsync();
    }

    private static async Task ForgetRoutesAsync(NodeUnderTest node)
    {
        var before = node.NymClientId();
        Signals.Send(before!.Value, Signal.Kill);
        await Eventually.True(() => node.NymClientId() is { } now && now != before, TimeSpan.FromSeconds(40));
        await node.GatewayReadyAsync();
    }
}
