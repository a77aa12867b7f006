using System.Reflection;
using NymDirectory.Local.CommandLine;
using NymDirectory.Local.Node;
using NymDirectory.Local.Processes;
using NymDirectory.Local.Walkthrough;

namespace NymDirectory.Local;

/// <summary>One run of the command: start, show, serve, stop.</summary>
internal static class LocalRun
{
    private const int Failed = 1;
    private const int MaxRestarts = 5;
    private static readonly TimeSpan RestartWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    /// <returns>0 when all went well, Ctrl+C included; 1 when something did not, said in one line on stderr.</returns>
    internal static async Task<int> RunAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        var screen = new Screen(Console.Out);
        try
        {
            return await RunNodeAsync(settings, screen, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.Stopped();
            return 0;
        }
        catch (LocalException e)
        {
            await Console.Error.WriteLineAsync($"nymdirectory: {e.Message}");
            return Failed;
        }
    }

    private static async Task<int> RunNodeAsync(LocalSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        var setup = SetupOf(settings, screen);
        Check(setup);
        screen.Welcome(setup);
        var programs = ServicePrograms.Of(Assembly.GetExecutingAssembly());
        await using var node = new LocalNode(setup, programs);
        await node.StartAsync(cancellationToken);
        screen.Ready();
        if (settings.Walkthrough)
        {
            var worked = await Conversation.ShowAsync(setup.Access, setup.Access, programs, screen, cancellationToken);
            if (!worked || settings.Once)
            {
                return worked ? 0 : Failed;
            }
        }

        screen.Serving(setup);
        await ServeAsync(node, screen, cancellationToken);
        return 0;
    }

    /// <summary>A service that ends by itself is started again, until one does so too often.</summary>
    private static async Task ServeAsync(LocalNode node, Screen screen, CancellationToken cancellationToken)
    {
        var restarts = new Queue<long>();
        while (true)
        {
            var ended = await node.AnyEndedAsync().WaitAsync(cancellationToken);
            var now = TimeProvider.System.GetTimestamp();
            while (restarts.TryPeek(out var earliest) && TimeProvider.System.GetElapsedTime(earliest, now) > RestartWindow)
            {
                restarts.Dequeue();
            }

            restarts.Enqueue(now);
            var what = $"{ended.Name} ended by itself with exit code {ended.ExitCode}: {ended.LastLines.LastOrDefault() ?? "it said nothing"}";
            if (restarts.Count > MaxRestarts)
            {
                throw new LocalException(what);
            }

            screen.Restarting(what);
            await Task.Delay(RestartPause, TimeProvider.System, cancellationToken);
            await node.StartAgainAsync(ended);
        }
    }

    private static NodeSetup SetupOf(LocalSettings settings, Screen screen)
    {
        var variables = new Dictionary<string, string>();
        if (!settings.Verbose && Environment.GetEnvironmentVariable("Logging__LogLevel__Default") is null)
        {
            variables["Logging__LogLevel__Default"] = "Warning";
        }

        return new NodeSetup
        {
            DataFolder = settings.DataFolder,
            Ports = new NodePorts(settings.FirstPort, settings.Relays, settings.NymClientPort),
            NymClient = settings.NymClient,
            Environment = variables,
            Output = screen.Log,
        };
    }

    private static void Check(NodeSetup setup)
    {
        if (setup.NymClient is { } program && !File.Exists(program))
        {
            throw new LocalException($"there is no nym-client at {program}.");
        }

        setup.CreateDataFolder();
        setup.Ports.CheckFree(withHub: setup.NymClient is null);
        if (!NodePorts.IsFree(setup.Ports.NymClient) && !LeftOverNymClient.Exists(setup.GatewayFolder))
        {
            throw new LocalException($"port {setup.Ports.NymClient} is in use: end what uses it, or choose another one with --nym-client-port.");
        }
    }
}
