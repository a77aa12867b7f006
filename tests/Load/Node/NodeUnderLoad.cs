using System.Globalization;
using System.Security.Cryptography;
using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;
using NymDirectory.Load.Workloads;
using NymDirectory.Local;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
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

    /// <summary>Starts a node with empty data.</summary>
    public static async Task<NodeUnderLoad> StartAsync(NodeSettings settings, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("nymdirectory-load-");
        var collector = settings.Traces is { } share ? await TelemetryCollector.StartAsync(settings.Programs, share, cancellationToken) : null;
        var setup = new NodeSetup
        {
            DataFolder = folder.FullName,
            Ports = FreePorts(settings.Relays),
            Environment = Variables(settings, collector),
        };
        var node = new LocalNode(setup, Programs(settings));
        try
        {
            await node.StartAsync(cancellationToken);
            var hub = HubSocket.Join(setup.HubAddress, NymAddress.FromBytes(RandomNumberGenerator.GetBytes(NymAddress.Size)));
            var address = NymAddress.Parse((await File.ReadAllTextAsync(setup.AddressFile, cancellationToken)).Trim());
            var prefix = RandomNumberGenerator.GetHexString(4, lowercase: true);
            return new NodeUnderLoad(settings, folder, node, hub, new Crowd(address, hub.Address, $"u{prefix}"), collector);
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

    /// <summary>All programs at work, services first, always in the same order.</summary>
    public IEnumerable<(string Name, int Id)> Processes() =>
    [
        .. _node.Running.Where(process => IsService(process.Name)).Select(process => (process.Name, process.Id)),
        (NymClient, NymClientId()),
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

    // Others may measure on this machine, too. All of them below the ports that the system hands out, the hub's included.
    private static NodePorts FreePorts(int relays)
    {
        for (var first = 15_000; first < 16_000; first += 60)
        {
            try
            {
                var ports = new NodePorts(first, relays, LoopbackPort.Free());
                ports.CheckFree(withHub: true);
                return ports;
            }
            catch (LocalException)
            {
                // Somebody else's: the next block.
            }
        }

        throw new LocalException("no block of ports between 15000 and 16000 is free");
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
    private int NymClientId() => int.Parse(
        File.ReadAllText(Path.Combine(_node.Setup.GatewayFolder, "nym_client.pid")).Split(' ')[0], CultureInfo.InvariantCulture);
}
