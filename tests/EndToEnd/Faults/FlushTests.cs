using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Faults;

/// <summary>The node's nym-client is killed while it writes down its reply blocks.</summary>
public sealed class FlushTests
{
    [Fact]
    public async Task NymClient_KilledInItsFlush_MessagesArriveOnceAfterTheNextLogin()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LibraryClient.RegisteredAsync(node, Names.New("sender"), configure: Listener.Patiently);
        await using var listener = await Listener.StartAsync(node, sender);
        await sender.SendAsync(listener.Username, "before");
        await node.FaultsAsync("--client", "nymdirectory", "--flush-row", "4s");
        var before = node.NymClientId()!.Value;

        Signals.Send(before, Signal.Interrupt);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Assert.Equal(before, node.NymClientId());
        var sending = sender.SendAsync(listener.Username, "meanwhile", TimeSpan.FromSeconds(70));
        Signals.Send(before, Signal.Kill);

        await Eventually.True(() => node.NymClientId() is { } now && now != before, TimeSpan.FromSeconds(40), "the Gateway starts another nym-client");
        await node.GatewayReadyAsync();
        await listener.LogInAsync();
        await sending;
        await listener.HasExactlyAsync(["before", "meanwhile"], TimeSpan.FromSeconds(75), "after the flush");
        await node.FaultsAsync("--client", "nymdirectory", "--flush-row", "0ms");
        await node.StopAsync();
    }
}
