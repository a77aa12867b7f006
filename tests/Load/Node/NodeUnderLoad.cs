using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using NymDirectory.Load.Crowds;
using NymDirectory.Load.Mixnet;
using NymDirectory.Load.Workloads;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Mixnet;

namespace NymDirectory.Load.Node;

/// <summary>A node of separate processes on the local mixnet, and the generator's place in that mixnet.</summary>
internal sealed class NodeUnderLoad : IAsyncDisposable
{
    public const int FirstPort = 20100;
    private const string NymClient = "nym-client";
    private const string LocalHub = "localnet";
    private const string Generator = "generator";

    // Registering is bound by the Directory's commits: more at once fill them.
    private static readonly Pace Arrival = new(InFlight: 256);

    private readonly DirectoryInfo _folder;
    private readonly LocalNode _node;

    private NodeUnderLoad(NodeSettings settings, DirectoryInfo folder, LocalNode node, HubSocket hub, Crowd crowd) =>
        (Settings, _folder, _node, Hub, Crowd) = (settings, folder, node, hub, crowd);

    public NodeSettings Settings { get; }

    public HubSocket Hub { get; }

    public Crowd Crowd { get; }

    /// <summary>Starts a node, with empty data but for the database that it is given.</summary>
    public static async Task<NodeUnderLoad> StartAsync(NodeSettings settings, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("nymdirectory-load-");
        var setup = new NodeSetup
        {
            DataFolder = folder.FullName,
            Ports = new NodePorts(FirstPort, settings.Relays, FreePort()),
            Environment = new Dictionary<string, string>(settings.Variables) { ["RUST_LOG"] = "warn" },
        };
        var node = new LocalNode(setup, ServicePrograms.In(settings.Programs));
        try
        {
            if (settings.Database is { } database)
            {
                File.Copy(database, setup.DatabaseFile);
            }

            await node.StartAsync(cancellationToken);
            var hub = HubSocket.Join(setup.HubAddress, NymAddress.FromBytes(RandomNumberGenerator.GetBytes(NymAddress.Size)));
            var address = NymAddress.Parse((await File.ReadAllTextAsync(setup.AddressFile, cancellationToken)).Trim());
            var suffix = RandomNumberGenerator.GetHexString(4, lowercase: true);
            return new NodeUnderLoad(settings, folder, node, hub, new Crowd(address, hub.Address, suffix));
        }
        catch
        {
            await node.DisposeAsync();
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
    ];

    /// <summary>Whether a program is one of the three services, and not what stands around them here.</summary>
    public static bool IsService(string name) => name is not (NymClient or LocalHub or Generator);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Hub.Dispose();
        await _node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // The Gateway writes it down: process id first.
    private int NymClientId() => int.Parse(
        File.ReadAllText(Path.Combine(_node.Setup.GatewayFolder, "nym_client.pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
