using System.Runtime.CompilerServices;
using NymDirectory.Load.Node;
using NymDirectory.Load.Sizes.Filling;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;

namespace NymDirectory.Load.Sizes.Starts;

/// <summary>Starts each service again and again, what it needs being there already.</summary>
internal sealed class StartRun : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);

    private readonly ReadyWatch _watch = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nymdirectory-starts-");
    private readonly FilledDatabase _database;
    private readonly ServicePrograms _programs;
    private readonly LocalNode _node;
    private readonly int _repeats;

    private StartRun(SizesSettings settings, FilledDatabase database)
    {
        _database = database;
        _programs = ServicePrograms.In(settings.Node.Programs);
        _repeats = settings.Repeats;
        _node = new LocalNode(
            new NodeSetup
            {
                DataFolder = _folder.FullName,
                Ports = FreePorts.Find(relays: 1) ?? throw new InvalidOperationException("No block of ports is free."),
                Environment = new Dictionary<string, string>(settings.Node.Variables) { ["RUST_LOG"] = "warn" },
            },
            _programs);
    }

    public static async IAsyncEnumerable<StartResult> MeasureAsync(
        SizesSettings settings, int users, int waiting, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var run = new StartRun(settings, await FilledDatabases.GetAsync(users, waiting, cancellationToken));
        File.Copy(run._database.File, run._node.Setup.DatabaseFile);
        await foreach (var result in run.EachAsync(cancellationToken))
        {
            yield return result;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        await _node.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async IAsyncEnumerable<StartResult> EachAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ports = _node.Setup.Ports;
        _node.StartHub();
        yield return await RepeatAsync(
            "directory, its file not in memory", _node.StartDirectory, () => _node.Directory!, ports.DirectoryHealth,
            () => PageCache.Forget(_node.Setup.DatabaseFile), cancellationToken);
        yield return await RepeatAsync("directory", _node.StartDirectory, () => _node.Directory!, ports.DirectoryHealth, () => { }, cancellationToken);
        await StartAgainAsync(_node.StartDirectory, () => _node.Directory!, ports.DirectoryHealth, cancellationToken);
        yield return await RepeatAsync("relay", () => _node.StartRelay(0), () => _node.Relays[0]!, ports.RelayHealth(0), () => { }, cancellationToken);
        await StartAgainAsync(() => _node.StartRelay(0), () => _node.Relays[0]!, ports.RelayHealth(0), cancellationToken);
        yield return await RepeatAsync(
            "gateway, with its stand-in for nym-client", () => _node.StartGateway(), () => _node.Gateway!, ports.GatewayHealth, () => { }, cancellationToken);
        yield return Result("of each: the program that starts them", await LaunchesAsync());
    }

    private async Task<StartResult> RepeatAsync(
        string name, Action start, Func<NodeProcess> process, int healthPort, Action prepare, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < _repeats; i++)
        {
            prepare();
            times.Add(await StartAgainAsync(start, process, healthPort, cancellationToken));
            await process().StopAsync(Signal.Terminate, StopPatience);
        }

        return Result(name, times);
    }

    private Task<double> StartAgainAsync(Action start, Func<NodeProcess> process, int healthPort, CancellationToken cancellationToken) =>
        _watch.TimeAsync(
            () =>
            {
                start();
                return process();
            },
            healthPort, cancellationToken);

    // Each service is started by the Gateway's own launcher, which is a program, too.
    private async Task<IReadOnlyList<double>> LaunchesAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < _repeats; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await using var launched = NodeProcess.Start("launcher", _programs.Gateway, ["/bin/true"], new Dictionary<string, string>(), (_, _) => { });
            await launched.Ended;
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private StartResult Result(string service, IReadOnlyList<double> times) => new(_database.Users, _database.Waiting, service, times);
}
