using System.CommandLine;
using NymDirectory.Load.CommandLine;
using NymDirectory.Load.Workloads;
using NymDirectory.Local.CommandLine;

namespace NymDirectory.Load.Endurance;

/// <summary><c>endurance</c>: messages at a steady rate for a long time, and the memory of each service minute by minute.</summary>
internal static class EnduranceCommand
{
    private const double DefaultRate = 500;

    public static Command Create()
    {
        var load = new LoadOptions();
        var minutes = new Option<int>("--minutes") { Description = "For how long.", DefaultValueFactory = _ => 30 };
        NumberRange.Check(minutes, 1, 24 * 60);
        var command = new Command("endurance", "Sends at a steady rate (--rate, default 500/s) and tells each service's memory minute by minute: 0 only if it stays flat.")
        {
            minutes,
        };
        load.AddTo(command, "--in-flight", "--warm-up", "--seconds");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = await load.ReadAsync(parsed, cancellationToken);
            settings = settings with { Pace = new Pace(Pace.Unlimited, settings.Pace.PerSecond ?? DefaultRate) };
            return await EnduranceRun.RunAsync(settings, parsed.GetValue(minutes), cancellationToken) ? 0 : 1;
        });
        return command;
    }
}
