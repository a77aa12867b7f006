using System.Net;
using System.Net.Sockets;
using System.Reflection;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;

namespace NymDirectory.Load;

/// <summary>Starts a node and users, lets them send for a while, and adds up what was seen.</summary>
internal static class SendLoad
{
    private const int FirstPort = 20100;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task<LoadReport> RunAsync(LoadSettings settings, CancellationToken cancellationToken)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("nymdirectory-load-");
        try
        {
            var programs = ServicePrograms.Of(Assembly.GetExecutingAssembly());
            var setup = new NodeSetup
            {
                DataFolder = folder.FullName,
                Ports = new NodePorts(FirstPort, settings.Relays, FreePort()),
                Environment = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Warning", ["RUST_LOG"] = "warn" },
            };
            await using var node = new LocalNode(setup, programs);
            await node.StartAsync(cancellationToken);
            return await MeasureAsync(settings, node, setup, programs, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<LoadReport> MeasureAsync(
        LoadSettings settings, LocalNode node, NodeSetup setup, ServicePrograms programs, CancellationToken cancellationToken)
    {
        var users = new List<LoadUser>();
        try
        {
            for (var i = 0; i < settings.Users; i++)
            {
                users.Add(await LoadUser.ArriveAsync($"user-{i}", setup, programs, cancellationToken));
            }

            var floor = CryptographicFloor.MeasureMicroseconds();
            var traffic = new Traffic(users, settings.InFlight);
            await traffic.RunAsync(WarmUp, cancellationToken);
            var before = ProcessCost.Begin(node);
            var run = await traffic.RunAsync(settings.Duration, cancellationToken);
            var costs = ProcessCost.End(before);
            floor = (floor + CryptographicFloor.MeasureMicroseconds()) / 2;
            return new LoadReport(
                settings, run.Elapsed, run.Accepted, run.Refused, run.Delivered, [.. run.LatenciesMilliseconds.Order()], costs, floor);
        }
        finally
        {
            foreach (var user in users)
            {
                await user.DisposeAsync();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition() && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
