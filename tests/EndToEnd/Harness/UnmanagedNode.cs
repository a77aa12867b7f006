using System.Runtime.CompilerServices;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>A node beside a nym-client that the test starts and stops, as an operator of their own would.</summary>
internal sealed class UnmanagedNode : IAsyncDisposable
{
    private const string Name = "nym-client";
    private const string Listening = "Running websocket";

    private NodeProcess? _nymClient;

    private UnmanagedNode()
    {
    }

    public NodeUnderTest Node { get; private set; } = null!;

    public static async Task<UnmanagedNode> StartAsync(IReadOnlyDictionary<string, string> variables, [CallerMemberName] string test = "")
    {
        var unmanaged = new UnmanagedNode();
        unmanaged.Node = await NodeUnderTest.StartAsync(variables, before: unmanaged.PrepareAsync, test: test);
        return unmanaged;
    }

    /// <summary>Ends it in one way or another, starts it again, and waits until the node is ready.</summary>
    public async Task RestartNymClientAsync(Signal signal)
    {
        await _nymClient!.StopAsync(signal, TimeSpan.FromSeconds(20));
        await Eventually.True(async () => !await IsReadyAsync(), because: "the Gateway sees that it is gone");
        var mark = Node.Output.Mark;
        _nymClient = Start(Node, "run");
        await Node.Output.SaysAsync(Name, Listening, mark);
        await Node.GatewayReadyAsync();
    }

    public async Task StopAsync()
    {
        await Node.StopAsync();
        await _nymClient!.StopAsync(Signal.Interrupt, TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        if (_nymClient is not null)
        {
            await _nymClient.DisposeAsync();
        }
    }

    // Its socket opens when there is a hub, which the node starts.
    private async Task PrepareAsync(NodeUnderTest node)
    {
        await using (var process = Start(node, "init"))
        {
            await process.Ended.Within();
        }

        _nymClient = Start(node, "run");
    }

    private Task<bool> IsReadyAsync() =>
        ServiceHealth.WaitUntilReadyAsync(Node.Setup.Ports.GatewayHealth, TimeSpan.FromMilliseconds(1), CancellationToken.None);

    private static NodeProcess Start(NodeUnderTest node, string command) => NodeProcess.Start(
        Name,
        node.Programs.Gateway,
        [node.Programs.Localnet, command, "--id", "nymdirectory", "--port", $"{node.Setup.Ports.NymClient}"],
        new Dictionary<string, string>(node.UsersMark) { ["HOME"] = node.Setup.LocalnetHome, ["NYM_LOCALNET_HUB"] = node.Setup.HubAddress },
        node.Output.Add);
}
