using NymDirectory.EndToEnd.Harness;
using NymDirectory.EndToEnd.Users;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Outages;

/// <summary>Each service dies without a word in the middle of traffic and comes back: what was accepted arrives.</summary>
public sealed class ServiceKillTests
{
    private const int Before = 20;
    private const int During = 40;

    // A lease of 30 s ends, and then some.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task Relay_KilledInTraffic_CostsNothingButALease()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var copies = await RunAsync(node, async () =>
        {
            await KillAsync(node.Node.Relays[0]!);
            node.Node.StartRelay(0);
            await node.RelayReadyAsync(0);
        });
        Assert.Equal(0, copies);
        await node.StopAsync();
    }

    [Fact]
    public async Task Relay_KilledForGood_TheOtherOneTakesOver()
    {
        await using var node = await NodeUnderTest.StartAsync(relays: 2);
        var copies = await RunAsync(node, () => KillAsync(node.Node.Relays[0]!));
        Assert.Equal(0, copies);
        await node.StopAsync();
    }

    [Fact]
    public async Task Relay_ThatHangs_IsPassedBy()
    {
        await using var node = await NodeUnderTest.StartAsync(relays: 2);
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        var traffic = new Traffic(sender, recipient);
        await traffic.SendAsync(4);

        // It still accepts connections. Each call that goes there costs a deadline of 2 s.
        node.Node.Relays[0]!.Send(Signal.Stop);
        await traffic.SendAsync(6);

        Assert.Equal(0, await traffic.ArrivedAsync(Patience));
        Assert.Equal(0, traffic.Repeated);
        node.Node.Relays[0]!.Send(Signal.Continue);
        await node.StopAsync();
    }

    [Fact]
    public async Task Directory_AwayForLong_ComesBackToWhatItHad()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var copies = await RunAsync(node, async traffic =>
        {
            await KillAsync(node.Node.Directory!);
            // Longer than anybody waits for it: somebody had to send again.
            await Eventually.True(() => traffic.Repeated > 1, TimeSpan.FromSeconds(60));
            node.Node.StartDirectory();
            await node.DirectoryReadyAsync();
        });
        Assert.Equal(0, copies);
        await node.StopAsync();
    }

    [Fact]
    public async Task Directory_Away_TheLibraryTriesAgainUntilItIsBack()
    {
        await using var node = await NodeUnderTest.StartAsync();
        await using var sender = await LibraryClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LibraryClient.RegisteredAsync(node, Names.New("recipient"));
        await sender.SendAsync(recipient.Username, "before");
        await recipient.ReceiveAsync();

        await KillAsync(node.Node.Directory!);
        var sending = sender.SendAsync(recipient.Username, "meanwhile");
        await node.Output.SaysAsync("gateway", "could not be served");
        node.Node.StartDirectory();

        await sending;
        Assert.Equal("meanwhile", (await recipient.ReceiveAsync()).Text);
        await node.StopAsync();
    }

    [Fact]
    public async Task Directory_KilledInTraffic_HasEverythingItSaidItHad()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var copies = await RunAsync(node, async () =>
        {
            await KillAsync(node.Node.Directory!);
            node.Node.StartDirectory();
            await node.DirectoryReadyAsync();
        });
        Assert.Equal(0, copies);
        await node.StopAsync();
    }

    [Fact]
    public async Task Gateway_KilledInTraffic_AdoptsItsNymClientAndGoesOn()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var nymClient = node.NymClientId();
        Assert.NotNull(nymClient);
        var copies = await RunAsync(node, async () =>
        {
            await KillAsync(node.Node.Gateway!);
            Assert.Equal(nymClient, node.NymClientId());
            node.Node.StartGateway();
            await node.GatewayReadyAsync();
        });

        // The same process: nobody had to log in again, though what was handed over at the moment of the kill can come twice.
        Assert.Equal(nymClient, node.NymClientId());
        Assert.InRange(copies, 0, 32);
        await node.StopAsync();
    }

    [Fact]
    public async Task Gateway_StoppedInTraffic_LosesAndRepeatsNothing()
    {
        await using var node = await NodeUnderTest.StartAsync();
        var copies = await RunAsync(node, async () =>
        {
            await node.Node.Gateway!.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(45));
            Assert.Equal(0, node.Node.Gateway.ExitCode);
            node.Node.StartGateway();
            await node.GatewayReadyAsync();
        });
        Assert.Equal(0, copies);
        await node.StopAsync();
    }

    private static Task<int> RunAsync(NodeUnderTest node, Func<Task> outage) => RunAsync(node, _ => outage());

    private static async Task<int> RunAsync(NodeUnderTest node, Func<Traffic, Task> outage)
    {
        await using var sender = await LegacyClient.RegisteredAsync(node, Names.New("sender"));
        await using var recipient = await LegacyClient.RegisteredAsync(node, Names.New("recipient"));
        var traffic = new Traffic(sender, recipient);
        await traffic.SendAsync(Before);
        var sending = traffic.SendAsync(During);
        await Eventually.True(() => traffic.Accepted.Count > Before + 3);
        await outage(traffic);
        await sending.Within(TimeSpan.FromMinutes(2));
        await traffic.SendAllAgainAsync();
        return await traffic.ArrivedAsync(Patience);
    }

    private static async Task KillAsync(NodeProcess process)
    {
        process.Send(Signal.Kill);
        await process.Ended.Within();
    }
}
