using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.TestKit;

namespace NymDirectory.EndToEnd.Harness;

/// <summary>A whole node as deploy/Local starts it, on ports and in a folder of its own; everything it writes is kept.</summary>
internal sealed partial class NodeUnderTest : ReachableNode, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly List<string> _expectedErrors = [];
    private readonly string _test;
    private bool _stopped;

    private NodeUnderTest(string test, IReadOnlyDictionary<string, string>? environment, int relays)
    {
        _test = test;
        Programs = ServicePrograms.Of(typeof(NodeUnderTest).Assembly);
        Setup = new NodeSetup
        {
            DataFolder = _folder.File("node"),
            Ports = PortBlock.Take(relays),
            Environment = new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { [LeftOvers.Variable] = _mark },
            Output = Output.Add,
        };
        Setup.CreateDataFolder();
        Node = new LocalNode(Setup, Programs);
    }

    public override ServicePrograms Programs { get; }

    public override string HubAddress => Setup.HubAddress;

    public NodeSetup Setup { get; }

    public LocalNode Node { get; private set; }

    /// <summary>Folders of the users' own nym-clients; they go with the node's.</summary>
    public override string UsersFolder => _folder.File("users");

    public override IReadOnlyDictionary<string, string> UsersMark => new Dictionary<string, string> { [LeftOvers.Variable] = UsersOf(_mark) };

    /// <summary>Starts a node.</summary>
    /// <param name="environment">Further variables for every program.</param>
    /// <param name="relays">How many Relays.</param>
    /// <param name="before">What has to be there first.</param>
    /// <param name="test">Names the log of a failed test.</param>
    public static async Task<NodeUnderTest> StartAsync(
        IReadOnlyDictionary<string, string>? environment = null,
        int relays = 1,
        Func<NodeUnderTest, Task>? before = null,
        [CallerMemberName] string test = "")
    {
        var node = new NodeUnderTest(test, environment, relays);
        try
        {
            await (before?.Invoke(node) ?? Task.CompletedTask);
            await node.StartNodeAsync();
        }
        catch (Exception e)
        {
            await node.DisposeAsync();
            throw new InvalidOperationException($"The node did not start: {e.Message}", e);
        }

        return node;
    }

    /// <summary>A node that was set up and not started.</summary>
    public static NodeUnderTest Prepare([CallerMemberName] string test = "") => new(test, environment: null, relays: 1);

    /// <summary>Errors that a test provokes on purpose.</summary>
    public void ExpectError(string part) => _expectedErrors.Add(part);

    /// <summary>Stops the whole node in order and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await Node.DisposeAsync();
        Node = new LocalNode(Setup, Programs);
        await StartNodeAsync();
    }

    public Task GatewayReadyAsync() => LocalNode.ReadyAsync(Node.Gateway!, Setup.Ports.GatewayHealth, TimeSpan.FromSeconds(60), default);

    public Task DirectoryReadyAsync() => LocalNode.ReadyAsync(Node.Directory!, Setup.Ports.DirectoryHealth, TimeSpan.FromSeconds(60), default);

    public Task RelayReadyAsync(int index) => LocalNode.ReadyAsync(Node.Relays[index]!, Setup.Ports.RelayHealth(index), TimeSpan.FromSeconds(60), default);

    /// <summary>The node's own nym-client: of Localnet's processes the one that runs under the id that Gateways give theirs.</summary>
    public int? NymClientId() => LeftOvers.Of(_mark)
        .Where(id => LeftOvers.CommandLine(id).Contains(" run --id nymdirectory ", StringComparison.Ordinal))
        .Select(id => (int?)id)
        .SingleOrDefault();

    /// <summary>Tells the hub what goes wrong from now on, and says how it stands.</summary>
    public async Task<string> FaultsAsync(params string[] arguments)
    {
        await using var process = NodeProcess.Start(
            "faults", Programs.Gateway, [Programs.Localnet, "faults", "--hub", Setup.HubAddress, .. arguments], UsersMark, Output.Add);
        await process.Ended.Within();
        var report = string.Join('\n', process.LastLines);
        Assert.True(process.ExitCode == 0, "faults: " + report);
        return report;
    }

    /// <summary>How many messages the mixnet has lost.</summary>
    public async Task<int> LostAsync() => int.Parse(LostCount().Match(await FaultsAsync("--show")).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>What must hold at any time.</summary>
    public void AssertQuiet()
    {
        NodeInvariants.AssertNoErrors(Output, _expectedErrors);
        NodeInvariants.AssertNoCanaries(Output, Canaries);
    }

    /// <summary>Stops in order and checks what must hold of every run.</summary>
    public async Task StopAsync()
    {
        await Node.DisposeAsync();
        var left = LeftOvers.Of(_mark);
        Assert.True(left.Count == 0, "Left over:\n" + LeftOvers.Describe(left));
        AssertQuiet();
        _stopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            // The test has failed: whoever looks into it wants to read what everybody said.
            await File.WriteAllLinesAsync(Path.Combine(AppContext.BaseDirectory, $"failed-{_test}-{_mark}.log"), Output.Lines.Select(line => line.ToString()));
            await Node.DisposeAsync();
        }

        foreach (var id in LeftOvers.Of(_mark).Concat(LeftOvers.Of(UsersOf(_mark))))
        {
            Signals.Send(id, Signal.Kill);
        }

        _folder.Dispose();
    }

    private static string UsersOf(string mark) => $"users-of-{mark}";

    private async Task StartNodeAsync()
    {
        await Node.StartAsync(CancellationToken.None);
        Published(await File.ReadAllTextAsync(Setup.AddressFile), await File.ReadAllTextAsync(Setup.PublicKeyFile));
    }

    [GeneratedRegex(@"lost (\d+)")]
    private static partial Regex LostCount();
}
