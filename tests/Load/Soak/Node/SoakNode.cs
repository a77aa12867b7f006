using NymDirectory.Load.Node;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Hub;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.Load.Soak.Node;

/// <summary>The node that a soak is about: separate processes on the local mixnet, whose numbers and output are kept, and which can be made to fail.</summary>
internal sealed class SoakNode : IAsyncDisposable
{
    // Two: while one is away the other one works.
    public const int Relays = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private bool _stopped;

    private SoakNode(DirectoryInfo folder, ExportedMetrics metrics, NodeLog log, LocalNode local, ServicePrograms programs) =>
        (_folder, Metrics, Log, Local, Programs) = (folder, metrics, log, local, programs);

    public LocalNode Local { get; }

    public ServicePrograms Programs { get; }

    public ExportedMetrics Metrics { get; }

    public NodeLog Log { get; }

    public NymAddress Address { get; private set; } = null!;

    public P256PublicKey PublicKey { get; private set; } = null!;

    /// <summary>Where everything of this run lies; it stays there when the run has failed.</summary>
    public string Folder => _folder.FullName;

    public string Database => Path.Combine(Local.Setup.DataFolder, "directory.db");

    public static async Task<SoakNode> StartAsync(string? programs, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("nymdirectory-soak-");
        var metrics = ExportedMetrics.Listen();
        var log = new NodeLog(Path.Combine(folder.FullName, "node.log"));
        var setup = new NodeSetup
        {
            DataFolder = Path.Combine(folder.FullName, "node"),
            Ports = FreePorts.Find(Relays) ?? throw new SoakException("no block of ports is free"),
            Environment = metrics.Variables,
            Output = log.Add,
        };
        setup.CreateDataFolder();
        // deploy/Local is built together with the programs, and knows where they are.
        var services = programs is null ? ServicePrograms.Of(typeof(LocalNode).Assembly) : ServicePrograms.In(Path.GetFullPath(programs));
        var node = new SoakNode(folder, metrics, log, new LocalNode(setup, services), services);
        try
        {
            await node.Local.StartAsync(cancellationToken);
            node.Address = NymAddress.Parse((await File.ReadAllTextAsync(setup.AddressFile, cancellationToken)).Trim());
            node.PublicKey = P256PublicKey.TryParsePem(await File.ReadAllTextAsync(setup.PublicKeyFile, cancellationToken), out var key)
                ? key
                : throw new SoakException("the node's public key file holds no key");
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills processes at once, starts them again after a while, and waits until the node is whole.</summary>
    public async Task KillAsync(IReadOnlyList<NodeProcess> services, bool nymClient, TimeSpan lasting, CancellationToken cancellationToken)
    {
        var killed = nymClient ? NymClientProcess.Find(Local.Setup.GatewayFolder) : null;
        if (killed is { } id)
        {
            Signals.Send(id, Signal.Kill);
        }

        foreach (var service in services)
        {
            service.Send(Signal.Kill);
        }

        await Task.WhenAll(services.Select(service => service.Ended.WaitAsync(Patience, cancellationToken)));
        await Task.Delay(lasting, TimeProvider.System, cancellationToken);
        foreach (var service in services)
        {
            await Local.StartAgainAsync(service);
        }

        await WholeAsync(killed, cancellationToken);
    }

    /// <summary>A process neither reads nor writes for a while.</summary>
    public async Task StandStillAsync(NodeProcess process, TimeSpan lasting, CancellationToken cancellationToken)
    {
        process.Send(Signal.Stop);
        try
        {
            await Task.Delay(lasting, TimeProvider.System, cancellationToken);
        }
        finally
        {
            process.Send(Signal.Continue);
        }

        await WholeAsync(killed: null, cancellationToken);
    }

    /// <summary>Tells the hub of the mixnet what goes wrong from now on.</summary>
    public Task<FaultReport> ChangeMixnetAsync(FaultCommand command, CancellationToken cancellationToken) =>
        FaultControl.SendAsync(HubEndpoint.Parse(Local.Setup.HubAddress), command, cancellationToken);

    /// <summary>Throws when a process has ended that nobody has killed.</summary>
    public void CheckAlive()
    {
        if (Local.Running.FirstOrDefault(process => process.HasEnded) is { } ended)
        {
            throw new SoakException($"{ended.Name} ended by itself: {ended.LastLines.LastOrDefault() ?? "it said nothing"}");
        }
    }

    /// <summary>Stops everything in order; the database is nobody's after that.</summary>
    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await Local.DisposeAsync();
        }
    }

    public void Forget() => _folder.Delete(recursive: true);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Metrics.DisposeAsync();
        Log.Dispose();
    }

    private async Task WholeAsync(int? killed, CancellationToken cancellationToken)
    {
        var ports = Local.Setup.Ports;
        var start = TimeProvider.System.GetTimestamp();
        while (killed is not null && (NymClientProcess.Find(Local.Setup.GatewayFolder) ?? killed) == killed)
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new SoakException("the Gateway did not start another nym-client within a minute");
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        await LocalNode.ReadyAsync(Local.Directory!, ports.DirectoryHealth, Patience, cancellationToken);
        for (var i = 0; i < Relays; i++)
        {
            await LocalNode.ReadyAsync(Local.Relays[i]!, ports.RelayHealth(i), Patience, cancellationToken);
        }

        await LocalNode.ReadyAsync(Local.Gateway!, ports.GatewayHealth, Patience, cancellationToken);
    }
}
