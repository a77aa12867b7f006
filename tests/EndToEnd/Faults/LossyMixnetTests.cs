using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>A mixnet that loses one packet in twenty, doubles, reorders, and takes its time.</summary>
public sealed class LossyMixnetTests
{
    // So many from each, and more if by then the mixnet happens to have lost none of anything: sixty messages all get through once in twenty runs.
    private const int Few = 10;
    private const int Many = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    [Fact]
    public async Task Messages_OverALossyMixnet_ArriveOnceAndInOrder()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var first = await LibraryClient.RegisteredAsync(node, Names.New("first"), configure: Listener.Patiently);
        await using var second = await LibraryClient.RegisteredAsync(node, Names.New("second"), configure: Listener.Patiently);
        await using var listener = await Listener.StartAsync(node, first, second);

        // Which of a sender's messages is the first a recipient cannot tell, so one has to have come before order can be asked for.
        await Task.WhenAll(first.SendAsync(listener.Username, Text(first, 0), Patience), second.SendAsync(listener.Username, Text(second, 0), Patience));
        await Eventually.True(() => listener.Texts.Count == 2);
        await node.FaultsAsync("--loss", "0.05", "--duplicate", "0.1", "--reorder", "0.1", "--delay", "300ms", "--jitter", "100ms");

        var sent = await Task.WhenAll(SendAsync(node, first, listener), SendAsync(node, second, listener)).Within(Patience);

        // What is lost again and again comes later and later: at some time the losses have to end, or one run in some hundred would wait for minutes.
        if (!await ArriveAsync(listener, sent.Sum(), TimeSpan.FromSeconds(100)))
        {
            await node.FaultsAsync("--loss", "0");
            Assert.True(await ArriveAsync(listener, sent.Sum(), Patience), $"{listener.Texts.Count} of {sent.Sum()} arrive");
        }

        foreach (var (sender, count) in new[] { first, second }.Zip(sent))
        {
            Assert.Equal(
                Enumerable.Range(0, count).Select(number => Text(sender, number)),
                listener.Texts.Where(text => text.EndsWith(sender.Username, StringComparison.Ordinal)));
        }

        Assert.True(await node.LostAsync() > 0);
        await node.FaultsAsync("--loss", "0", "--duplicate", "0", "--reorder", "0", "--delay", "0ms", "--jitter", "0ms");
        await node.StopAsync();
    }

    private static async Task<bool> ArriveAsync(Listener listener, int count, TimeSpan patience)
    {
        try
        {
            await Eventually.True(() => listener.Texts.Count >= count, patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Sends all but the first; gives how many there are with it.</summary>
    private static async Task<int> SendAsync(NodeUnderTest node, LibraryClient sender, Listener listener)
    {
        var number = 1;
        for (; number < Few || (number < Many && await node.LostAsync() == 0); number++)
        {
            await sender.SendAsync(listener.Username, Text(sender, number), Patience);
        }

        return number;
    }

    private static string Text(LibraryClient sender, int number) => $"lossy {number} of {sender.Username}";
}
