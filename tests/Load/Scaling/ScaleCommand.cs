using System.CommandLine;
using NymDirectory.Load.CommandLine;
using NymDirectory.Load.Measuring;
using NymDirectory.Local.CommandLine;

namespace NymDirectory.Load.Scaling;

/// <summary><c>scale</c>: how work spreads over Relays, and what becomes the next limit.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var load = new LoadOptions();
        var most = new Option<int>("--most-relays") { Description = "Measure with one Relay and with each number up to this.", DefaultValueFactory = _ => 4 };
        var check = new Option<int>("--check-milliseconds") { Description = "What each signature check takes of its Relay's simulated core.", DefaultValueFactory = _ => 10 };
        NumberRange.Check(most, 1, 16);
        NumberRange.Check(check, 1, 1000);
        var command = new Command("scale", "Sends with a signature check made expensive, with one Relay and more; and the rates at which Directory and Gateway are the limit.")
        {
            most,
            check,
        };
        load.AddTo(command, "--in-flight", "--rate", "--relays", "--telemetry");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new ScaleSettings(
                await load.ReadAsync(parsed, cancellationToken), parsed.GetValue(most), TimeSpan.FromMilliseconds(parsed.GetValue(check)));
            return await RunAsync(settings, cancellationToken) ? 0 : 1;
        });
        return command;
    }

    private static async Task<bool> RunAsync(ScaleSettings settings, CancellationToken cancellationToken)
    {
        var (saturated, limits) = await ScaleRun.SaturateAsync(settings, cancellationToken);
        Tell(saturated, settings);
        var sound = saturated.IsSound;
        var steps = new List<ScaleStep>();
        for (var relays = 1; relays <= settings.MostRelays; relays++)
        {
            steps.Add(await ScaleRun.MeasureAsync(settings, relays, cancellationToken));
            Tell(steps[^1].Report, settings);
            sound &= steps[^1].Report.IsSound;
        }

        Console.WriteLine(settings.Load.Json ? ScaleJson.Of(settings, limits, steps) : ScaleText.Of(settings, limits, steps));
        return sound;
    }

    private static void Tell(LoadReport report, ScaleSettings settings) =>
        Console.WriteLine(settings.Load.Json ? ReportJson.Of(report) : ReportText.Of(report));
}
