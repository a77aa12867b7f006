using System.CommandLine;
using NymDirectory.Load.Endurance;
using NymDirectory.Load.Measuring;
using NymDirectory.Load.Node;
using NymDirectory.Load.Packets;
using NymDirectory.Load.Scaling;
using NymDirectory.Load.Sizes;
using NymDirectory.Load.Soak;
using NymDirectory.Load.Stages;
using NymDirectory.Load.Workloads;

namespace NymDirectory.Load.CommandLine;

/// <summary>The command line.</summary>
internal static class LoadCommand
{
    public static RootCommand Create() => new("Measures a node as real processes on this machine. Speed is shown here, never in a test.")
    {
        Single("send", "Users send messages to each other.", LoadRun.Send),
        Single("query", "Users look each other up.", (node, _) => new QueryWorkload(node.Crowd, node.Hub)),
        Single("login", "Users log in again.", (node, _) => new LoginWorkload(node.Crowd, node.Hub)),
        Single("register", "New users register.", (node, _) => new RegisterWorkload(node.Crowd, node.Hub)),
        All(),
        PacketsCommand.Create(),
        ScaleCommand.Create(),
        StagesCommand.Create(),
        EnduranceCommand.Create(),
        SizesCommand.Create(),
        SoakCommand.Create(),
    };

    private static Command Single(string name, string description, Func<NodeUnderLoad, LoadSettings, Workload> workload)
    {
        var options = new LoadOptions();
        var command = new Command(name, description);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = await options.ReadAsync(parsed, cancellationToken);
            return Tell(await LoadRun.MeasureAsync(settings, workload, cancellationToken), settings) ? 0 : 1;
        });
        return command;
    }

    private static Command All()
    {
        var options = new LoadOptions();
        var command = new Command(
            "all", "All of it: sends as fast as they go, without telemetry and with 5 and 100 % of the traces, and at 25, 50 and 110 % of that; look-ups, logins, registrations. One node for each.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = await options.ReadAsync(parsed, cancellationToken);
            var sound = true;
            await foreach (var report in LoadRun.MeasureAllAsync(settings, cancellationToken))
            {
                sound &= Tell(report, settings);
            }

            return sound ? 0 : 1;
        });
        return command;
    }

    private static bool Tell(LoadReport report, LoadSettings settings)
    {
        Console.WriteLine(settings.Json ? ReportJson.Of(report) : ReportText.Of(report));
        return report.IsSound;
    }
}
