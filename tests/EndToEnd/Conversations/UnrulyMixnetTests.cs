using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Conversations;

/// <summary>A mixnet that doubles, delays and reorders, and users who write more than it can carry at once.</summary>
public sealed class UnrulyMixnetTests
{
    [Fact]
    public async Task Messages_DoubledDelayedAndReordered_ArriveOnceEach()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LibraryClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LibraryClient.RegisteredAsync(node, Names.New("recipient"));
        await node.FaultsAsync("--duplicate", "0.3", "--reorder", "0.2", "--delay", "20ms", "--jitter", "60ms");
        var texts = Enumerable.Range(0, 25).Select(i => $"unruly {i} of {sender.Username}").ToList();

        var received = new List<string>();
        foreach (var text in texts)
        {
            await sender.SendAsync(recipient.Username, text);
        }

        foreach (var _ in texts)
        {
            received.Add((await recipient.ReceiveAsync()).Text);
        }

        Assert.Equal(texts.Order(), received.Order());
        Assert.False(recipient.Client.Received.TryRead(out _));
        await node.StopAsync();
    }

    [Fact]
    public async Task Messages_LostOnTheWay_AreSentAgainByTheLibrary()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LibraryClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LibraryClient.RegisteredAsync(node, Names.New("recipient"));
        await sender.SendAsync(recipient.Username, "before the losses");
        await recipient.ReceiveAsync();

        // Nothing of the sender's gets through until it has tried once in vain.
        await node.FaultsAsync("--client", sender.NymClientId, "--loss", "1");
        var sending = sender.SendAsync(recipient.Username, "in spite of them");
        await Eventually.True(async () => await node.LostAsync() > 0);
        await node.FaultsAsync("--client", sender.NymClientId, "--loss", "0");

        await sending;
        Assert.Equal("in spite of them", (await recipient.ReceiveAsync()).Text);
        await node.StopAsync();
    }

    [Fact]
    public async Task Burst_OfSeveralUsersAtOnce_ArrivesInEachOnesOrder()
    {
        const int Each = 120;
        await using var node = await NodeUnderTest.StartAsync();
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        await using var first = await LegacyClient.RegisteredAsync(node, Names.New("first"));
        await using var second = await LegacyClient.RegisteredAsync(node, Names.New("second"));

        await Task.WhenAll(BurstAsync(first, recipient, Each), BurstAsync(second, recipient, Each));

        await Eventually.True(() => recipient.Incoming.Count >= 2 * Each, TimeSpan.FromSeconds(60), $"{recipient.Incoming.Count} of all arrive");
        Assert.Equal(Texts(first, Each), recipient.TextsFrom(first));
        Assert.Equal(Texts(second, Each), recipient.TextsFrom(second));
        await node.StopAsync();
    }

    private static async Task BurstAsync(LegacyClient sender, LegacyClient recipient, int count)
    {
        var requests = Texts(sender, count)
            .Select(text => LegacyClient.Send(sender.Content(recipient.Username, LegacyCipher.Seal(sender.Key, recipient.Key.PublicKey, 0, text)), sender.Key))
            .ToList();
        foreach (var request in requests)
        {
            await sender.SendRawAsync(request);
        }
    }

    private static List<string> Texts(LegacyClient sender, int count) => [.. Enumerable.Range(0, count).Select(i => $"burst {i} of {sender.Username}")];
}
