using System.Globalization;
using System.Security.Cryptography;
using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;
using NymDirectory.Load.Workloads;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Hub;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Node;

/// <summary>A node of separate processes on the local mixnet, and the generator's place in that mixnet.</summary>
internal sealed class NodeUnderLoad : IAsyncDisposable
{
    private const string NymClient = "nym-client";
    private const string LocalHub = "localnet";
    private const string Generator = "generator";
    private const string CheckTimeVariable = "ExpensiveCheck__Milliseconds";

    // Registering is bound by the Directory's commits: more at once fill them.
    private static readonly Pace Arrival = new(InFlight: 256);

    private readonly DirectoryInfo _folder;
    private readonly LocalNode _node;

    private NodeUnderLoad(NodeSettings settings, DirectoryInfo folder, LocalNode node, HubSocket hub, Crowd crowd, TelemetryCollector? collector) =>
        (Settings, _folder, _node, Hub, Crowd, Collector) = (settings, folder, node, hub, crowd, collector);

    public NodeSettings Settings { get; }

    public HubSocket Hub { get; }

    public Crowd Crowd { get; }

    /// <summary>Where the services export to; null when they do not.</summary>
    public TelemetryCollector? Collector { get; }

    /// <summary>Starts a node, with empty data but for the database that it is given.</summary>
    public static async Task<NodeUnderLoad> StartAsync(NodeSettings settings, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("nymdirectory-load-");
        var collector = settings.Traces is { } share ? await TelemetryCollector.StartAsync(settings.Programs, share, keeps: share == 0 || settings.KeepsTraces, cancellationToken) : null;
        var setup = new NodeSetup
        {
            DataFolder = folder.FullName,
            Ports = FreePorts.Find(settings.Relays, settings.Gateways) ?? throw new InvalidOperationException("No block of ports is free."),
            Environment = Variables(settings, collector),
        };
        var node = new LocalNode(setup, Programs(settings));
        try
        {
            if (settings.Database is { } database)
            {
                File.Copy(database, setup.DatabaseFile);
            }

            await node.StartAsync(cancellationToken);
            var hub = HubSocket.Join(setup.HubAddress, NymAddress.FromBytes(RandomNumberGenerator.GetBytes(NymAddress.Size)));
            var addresses = new NymAddress[settings.Gateways];
            for (var i = 0; i < addresses.Length; i++)
            {
                addresses[i] = NymAddress.Parse((await File.ReadAllTextAsync(setup.AddressFileOf(i), cancellationToken)).Trim());
            }

            var suffix = RandomNumberGenerator.GetHexString(4, lowercase: true);
            return new NodeUnderLoad(settings, folder, node, hub, new Crowd(addresses, hub.Address, suffix, settings.Blocks ?? BlockSupply.Plenty), collector);
        }
        catch
        {
            await node.DisposeAsync();
            await StopAsync(collector);
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Lets users register.</summary>
    public void Populate(int users)
    {
        var arrival = new RegisterWorkload(Crowd, Hub);
        arrival.Prepare(0, users);
        var traffic = new Traffic(arrival, Crowd, Hub, Arrival);
        traffic.RunToEnd(users);
        if (traffic.Counts.Completed.Count != users)
        {
            throw new InvalidOperationException($"Of {users} users {traffic.Counts.Completed.Count} could register.");
        }
    }

    /// <summary>From now on each nym-client sends so many packets a second, as the real one does; 0: as fast as it goes.</summary>
    public Task PaceAsync(double packetsPerSecond, CancellationToken cancellationToken) => FaultControl.SendAsync(
        HubEndpoint.Parse(_node.Setup.HubAddress),
        new FaultCommand { Changes = new FaultChanges { PacketsPerSecond = packetsPerSecond } },
        cancellationToken);

    /// <summary>Where each service answers for its health.</summary>
    public IReadOnlyDictionary<string, Uri> Health()
    {
        var ports = _node.Setup.Ports;
        return Enumerable.Range(0, ports.Gateways).Select(index => (NodeSetup.GatewayName(index), ports.GatewayHealthOf(index)))
            .Append(("directory", ports.DirectoryHealth))
            .Concat(Enumerable.Range(0, ports.Relays).Select(index => ($"relay-{index + 1}", ports.RelayHealth(index))))
            .ToDictionary(health => health.Item1, health => new Uri($"http://127.0.0.1:{health.Item2}/healthz/ready"));
    }

    /// <summary>All programs at work, services first, always in the same order.</summary>
    public IEnumerable<(string Name, int Id)> Processes() =>
    [
        .. _node.Running.Where(process => IsService(process.Name)).Select(process => (process.Name, process.Id)),
        .. Enumerable.Range(0, Settings.Gateways).Select(index => (NymClient, NymClientId(index))),
        (LocalHub, _node.Hub!.Id),
        (Generator, Environment.ProcessId),
        .. Collector is null ? [] : new[] { (TelemetryCollector.Name, Collector.ProcessId) },
    ];

    /// <summary>Whether a program is one of the three services, and not what stands around them here.</summary>
    public static bool IsService(string name) => name is not (NymClient or LocalHub or Generator or TelemetryCollector.Name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Hub.Dispose();
        await _node.DisposeAsync();
        await StopAsync(Collector);
        _folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> Variables(NodeSettings settings, TelemetryCollector? collector)
    {
        var variables = new Dictionary<string, string>(collector?.Variables ?? new Dictionary<string, string>()) { ["RUST_LOG"] = "warn" };
        if (settings.CheckTime is { } time)
        {
            variables[CheckTimeVariable] = time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        }

        // What was asked for counts most.
        foreach (var (key, value) in settings.Variables)
        {
            variables[key] = value;
        }

        return variables;
    }

    private static ServicePrograms Programs(NodeSettings settings)
    {
        var programs = ServicePrograms.In(settings.Programs);
        return settings.CheckTime is null ? programs : programs.WithRelay(Path.Combine(settings.Programs, "ExpensiveRelay", "NymDirectory.ExpensiveRelay"));
    }

    private static ValueTask StopAsync(TelemetryCollector? collector) => collector?.DisposeAsync() ?? ValueTask.CompletedTask;

    // The Gateway writes it down: process id first.
    private int NymClientId(int gateway) => int.Parse(
        File.ReadAllText(Path.Combine(_node.Setup.GatewayFolderOf(gateway), "nym_client.pid")).Split(' ')[0], CultureInfo.InvariantCulture);
}
