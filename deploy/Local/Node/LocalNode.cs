using NymDirectory.Local.Processes;

namespace NymDirectory.Local.Node;

/// <summary>
/// The processes of one node: the hub of the local mixnet, a Directory, Relays, a Gateway. Started in the order in which they need each
/// other and stopped in the opposite one. Each can be stopped, killed and started again by itself.
/// </summary>
internal sealed class LocalNode(NodeSetup setup, ServicePrograms programs) : IAsyncDisposable
{
    // Longer than the Gateway's own patience with nym-client.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);

    private readonly NodeProcess?[] _relays = new NodeProcess?[setup.Ports.Relays];

    internal NodeSetup Setup => setup;

    internal NodeProcess? Hub { get; private set; }

    internal NodeProcess? Directory { get; private set; }

    internal NodeProcess? Gateway { get; private set; }

    internal IReadOnlyList<NodeProcess?> Relays => _relays;

    /// <summary>Starts everything and waits until the Gateway is ready, which it is only when all the others are.</summary>
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

        StartGateway();
        // A real nym-client may wait for its Nym gateway for more than an hour.
        var patience = setup.NymClient is null ? ReadyPatience : TimeSpan.FromMinutes(90);
        await ReadyAsync(Gateway!, setup.Ports.GatewayHealth, patience, cancellationToken);
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

    internal void StartGateway() => Gateway = StartService("gateway", programs.Gateway, setup.Ports.Gateway, setup.Ports.GatewayHealth, GatewayVariables());

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
    internal IEnumerable<NodeProcess> Running => new[] { Hub, Directory, Gateway }.Concat(_relays).OfType<NodeProcess>();

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
        var relay = Array.IndexOf(_relays, ended);
        if (relay >= 0)
        {
            StartRelay(relay);
        }
        else if (ended == Gateway)
        {
            StartGateway();
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

    /// <summary>Stops in order: the Gateway first, so that nothing more comes in and nym-client keeps its reply blocks.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(Gateway, Signal.Terminate);
        await LeftOverNymClient.StopAsync(setup.GatewayFolder);
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

    private Dictionary<string, string> GatewayVariables()
    {
        var relays = string.Join(',', Enumerable.Range(0, _relays.Length).Select(index => $"127.0.0.1:{setup.Ports.Relay(index)}"));
        var variables = new Dictionary<string, string>
        {
            ["Services__Directory"] = Url(setup.Ports.Directory),
            ["Services__Relay"] = $"static:///{relays}",
            ["Gateway__Endpoint"] = Url(setup.Ports.Gateway),
            ["Gateway__DataDirectory"] = setup.GatewayFolder,
            ["NymClient__Binary"] = setup.NymClient ?? programs.Localnet,
            ["NymClient__Port"] = $"{setup.Ports.NymClient}",
        };
        if (setup.NymClient is null)
        {
            variables["HOME"] = setup.LocalnetHome;
            variables["NYM_LOCALNET_HUB"] = setup.HubAddress;
        }

        return variables;
    }

    private NodeProcess StartService(string name, string program, int port, int healthPort, Dictionary<string, string> variables)
    {
        variables["ASPNETCORE_URLS"] = Url(port);
        variables["Health__Url"] = Url(healthPort);
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
