using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>A mixnet that loses one packet in twenty, doubles, reorders, and takes its time.</summary>
public sealed class LossyMixnetTests
{
    private const int Each = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    [Fact]
    public async Task Messages_OverALossyMixnet_ArriveOnceAndInOrder()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var first = await LibraryClient.RegisteredAsync(node, Names.New("first"), configure: Listener.Patiently);
        await using var second = await LibraryClient.RegisteredAsync(node, Names.New("second"), configure: Listener.Patiently);
        await using var listener = await Listener.StartAsync(node, first, second);

        // Which of a sender's messages is the first a recipient cannot tell, so one has to have come before order can be asked for.
        await Task.WhenAll(SendAsync(first, listener, TextsOf(first).Take(1)), SendAsync(second, listener, TextsOf(second).Take(1)));
        await Eventually.True(() => listener.Texts.Count == 2);
        await node.FaultsAsync("--loss", "0.05", "--duplicate", "0.1", "--reorder", "0.1", "--delay", "300ms", "--jitter", "100ms");

        await Task.WhenAll(SendAsync(first, listener, TextsOf(first).Skip(1)), SendAsync(second, listener, TextsOf(second).Skip(1))).Within(Patience);

        // What is lost again and again comes later and later: at some time the losses have to end, or one run in some hundred would wait for minutes.
        if (!await ArriveAsync(listener, TimeSpan.FromSeconds(100)))
        {
            await node.FaultsAsync("--loss", "0");
            Assert.True(await ArriveAsync(listener, Patience), $"{listener.Texts.Count} of {2 * Each} arrive");
        }

        foreach (var sender in new[] { first, second })
        {
            Assert.Equal(TextsOf(sender), listener.Texts.Where(text => text.EndsWith(sender.Username, StringComparison.Ordinal)));
        }

        Assert.True(await node.LostAsync() > 0);
        await node.FaultsAsync("--loss", "0", "--duplicate", "0", "--reorder", "0", "--delay", "0ms", "--jitter", "0ms");
        await node.StopAsync();
    }

    private static async Task<bool> ArriveAsync(Listener listener, TimeSpan patience)
    {
        try
        {
            await Eventually.True(() => listener.Texts.Count >= 2 * Each, patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task SendAsync(LibraryClient sender, Listener listener, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            await sender.SendAsync(listener.Username, text, Patience);
        }
    }

    private static IEnumerable<string> TextsOf(LibraryClient sender) => Enumerable.Range(0, Each).Select(i => $"lossy {i} of {sender.Username}");
}
