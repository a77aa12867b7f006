using NymDirectory.Local.Processes;

namespace NymDirectory.Local.Node;

/// <summary>
/// The processes of one node: the hub of the local mixnet, a Directory, Relays, Gateways. Started in the order in which they need each
/// other and stopped in the opposite one. Each can be stopped, killed and started again by itself.
/// </summary>
internal sealed class LocalNode(NodeSetup setup, ServicePrograms programs) : IAsyncDisposable
{
    // As in the images: with an arena of the C library for each thread, OpenSSL's keys, which come and go by the thousand, leave holes behind; and so do the
    // pieces of 64 KB in which the runtime's compiler works, unless each of them goes back to the operating system.
    private static readonly (string Name, string Value)[] OfTheCLibrary = [("MALLOC_ARENA_MAX", "1"), ("MALLOC_MMAP_THRESHOLD_", "65536")];

    // Longer than the Gateway's own patience with nym-client.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);

    private readonly NodeProcess?[] _relays = new NodeProcess?[setup.Ports.Relays];
    private readonly NodeProcess?[] _gateways = new NodeProcess?[setup.Ports.Gateways];

    internal NodeSetup Setup => setup;

    internal NodeProcess? Hub { get; private set; }

    internal NodeProcess? Directory { get; private set; }

    /// <summary>The first Gateway; most nodes have no other.</summary>
    internal NodeProcess? Gateway => _gateways[0];

    internal IReadOnlyList<NodeProcess?> Gateways => _gateways;

    internal IReadOnlyList<NodeProcess?> Relays => _relays;

    /// <summary>Starts everything and waits until the Gateways are ready, which they are only when all the others are.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        if (setup.NymClient is null)
        {
            StartHub();
        }

        StartDirectory();
        await ReadyAsync(Directory!, setup.Ports.DirectoryHealth, ReadyPatience, cancellationToken);
        for (var i = 0; i < _relays.Length; i++)
        {
            StartRelay(i);
        }

        for (var i = 0; i < _relays.Length; i++)
        {
            await ReadyAsync(_relays[i]!, setup.Ports.RelayHealth(i), ReadyPatience, cancellationToken);
        }

        // A real nym-client may wait for its Nym gateway for more than an hour.
        var patience = setup.NymClient is null ? ReadyPatience : TimeSpan.FromMinutes(90);

        // One after the other: the first one makes the node's key, which all of them use.
        for (var i = 0; i < _gateways.Length; i++)
        {
            StartGateway(i);
            await ReadyAsync(_gateways[i]!, setup.Ports.GatewayHealthOf(i), patience, cancellationToken);
        }
    }

    internal void StartHub() => Hub = Start(
        "localnet", [programs.Localnet, "hub", "--listen", setup.HubAddress], new Dictionary<string, string> { ["RUST_LOG"] = "warn" });

    internal void StartDirectory() => Directory = StartService(
        "directory",
        programs.Directory,
        setup.Ports.Directory,
        setup.Ports.DirectoryHealth,
        new Dictionary<string, string> { ["ConnectionStrings__Directory"] = $"Data Source={setup.DatabaseFile}" });

    internal void StartRelay(int index) => _relays[index] = StartService(
        _relays.Length == 1 ? "relay" : $"relay-{index + 1}",
        programs.Relay,
        setup.Ports.Relay(index),
        setup.Ports.RelayHealth(index),
        new Dictionary<string, string> { ["Services__Directory"] = Url(setup.Ports.Directory) });

    internal void StartGateway(int index = 0) => _gateways[index] = StartService(
        NodeSetup.GatewayName(index), programs.Gateway, setup.Ports.GatewayOf(index), setup.Ports.GatewayHealthOf(index), GatewayVariables(index));

    /// <summary>Waits until a service says that it is ready; throws when it ends instead, with what it said last.</summary>
    internal static async Task ReadyAsync(NodeProcess process, int healthPort, TimeSpan patience, CancellationToken cancellationToken)
    {
        var ready = ServiceHealth.WaitUntilReadyAsync(healthPort, patience, cancellationToken);
        if (await Task.WhenAny(ready, process.Ended) != ready && process.HasEnded)
        {
            throw new LocalException($"{process.Name} ended at its start: {process.LastLines.LastOrDefault() ?? "it said nothing"}");
        }

        if (!await ready)
        {
            throw new LocalException($"{process.Name} was not ready within {patience.TotalSeconds:0} s: {process.LastLines.LastOrDefault() ?? "it said nothing"}");
        }
    }

    /// <summary>The processes that should be running.</summary>
    internal IEnumerable<NodeProcess> Running => new[] { Hub, Directory }.Concat(_gateways).Concat(_relays).OfType<NodeProcess>();

    /// <summary>Ends when any process of the node ends that should not.</summary>
    internal async Task<NodeProcess> AnyEndedAsync()
    {
        var running = Running.ToList();
        var ended = await Task.WhenAny(running.Select(process => process.Ended));
        return running.First(process => process.Ended == ended);
    }

    /// <summary>Starts a process that has ended once more, in its old place.</summary>
    internal async Task StartAgainAsync(NodeProcess ended)
    {
        var (relay, gateway) = (Array.IndexOf(_relays, ended), Array.IndexOf(_gateways, ended));
        if (relay >= 0)
        {
            StartRelay(relay);
        }
        else if (gateway >= 0)
        {
            StartGateway(gateway);
        }
        else if (ended == Directory)
        {
            StartDirectory();
        }
        else
        {
            StartHub();
        }

        await ended.DisposeAsync();
    }

    /// <summary>Stops in order: the Gateways first, so that nothing more comes in and nym-client keeps its reply blocks.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_gateways.Select(gateway => StopAsync(gateway, Signal.Terminate)));
        await Task.WhenAll(Enumerable.Range(0, _gateways.Length).Select(index => LeftOverNymClient.StopAsync(setup.GatewayFolderOf(index))));
        await Task.WhenAll(_relays.Select(relay => StopAsync(relay, Signal.Terminate)));
        await StopAsync(Directory, Signal.Terminate);
        await StopAsync(Hub, Signal.Interrupt);
    }

    private static async Task StopAsync(NodeProcess? process, Signal signal)
    {
        if (process is not null)
        {
            await process.StopAsync(signal, StopPatience);
            await process.DisposeAsync();
        }
    }

    private Dictionary<string, string> GatewayVariables(int index)
    {
        var relays = string.Join(',', Enumerable.Range(0, _relays.Length).Select(relay => $"127.0.0.1:{setup.Ports.Relay(relay)}"));
        var variables = new Dictionary<string, string>
        {
            ["Services__Directory"] = Url(setup.Ports.Directory),
            ["Services__Relay"] = $"static:///{relays}",
            ["Gateway__Endpoint"] = Url(setup.Ports.GatewayOf(index)),
            ["Gateway__DataDirectory"] = setup.GatewayFolderOf(index),
            ["NymClient__Binary"] = setup.NymClient ?? programs.Localnet,
            ["NymClient__Port"] = $"{setup.Ports.NymClientOf(index)}",
        };
        if (index > 0)
        {
            variables["Gateway__Id"] = NodeSetup.GatewayName(index);
            variables["Gateway__KeyFile"] = Path.Combine(setup.GatewayFolder, "node_key.pem");
        }

        if (setup.NymClient is null)
        {
            variables["HOME"] = setup.LocalnetHomeOf(index);
            variables["NYM_LOCALNET_HUB"] = setup.HubAddress;
        }

        return variables;
    }

    private NodeProcess StartService(string name, string program, int port, int healthPort, Dictionary<string, string> variables)
    {
        variables["ASPNETCORE_URLS"] = Url(port);
        variables["Health__Url"] = Url(healthPort);
        foreach (var (key, value) in OfTheCLibrary)
        {
            variables[key] = value;
        }

        return Start(name, [program], variables);
    }

    private NodeProcess Start(string name, IEnumerable<string> command, Dictionary<string, string> variables)
    {
        foreach (var (key, value) in setup.Environment)
        {
            variables[key] = value;
        }

        return NodeProcess.Start(name, programs.Gateway, command, variables, setup.Output);
    }

    private static string Url(int port) => $"http://127.0.0.1:{port}";
}
