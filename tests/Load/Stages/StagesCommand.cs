using System.CommandLine;
using NymDirectory.Load.CommandLine;
using NymDirectory.Load.Measuring;

namespace NymDirectory.Load.Stages;

/// <summary><c>stages</c>: where the time of a <c>send</c> goes.</summary>
internal static class StagesCommand
{
    // Of a message both traces must be kept, its request's and its delivery's: one in twenty-five is.
    private const double DefaultTraces = 0.2;

    public static Command Create()
    {
        var load = new LoadOptions();
        var command = new Command("stages", "Sends as `send` does, and tells from the services' spans where each message's time goes. A fifth of the traces is kept, unless --telemetry says otherwise: the node is slower for it.");
        load.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = await load.ReadAsync(parsed, cancellationToken);
            settings = settings with { Node = settings.Node with { Traces = settings.Node.Traces ?? DefaultTraces } };
            var (report, stages) = await StagesRun.MeasureAsync(settings, cancellationToken);
            Console.WriteLine(settings.Json ? ReportJson.Of(report) : ReportText.Of(report));
            Console.WriteLine(settings.Json ? StagesJson.Of(stages) : StagesText.Of(stages));
            return report.IsSound && stages.Count > 0 ? 0 : 1;
        });
        return command;
    }
}
