using System.CommandLine;
using NymDirectory.Load.Sizes.Filling;
using NymDirectory.Load.Sizes.Memory;
using NymDirectory.Load.Sizes.Speed;
using NymDirectory.Load.Sizes.Starts;

namespace NymDirectory.Load.Sizes;

/// <summary><c>sizes</c>: what becomes of speed, starts and memory when there are many users and messages.</summary>
internal static class SizesCommand
{
    public static Command Create()
    {
        var command = new Command("sizes", "Compares nodes of different sizes, on databases that are filled once and kept. Without a part: all of them.");
        var options = new SizesOptions();
        Add(command, options, "fill", "Makes the databases.", FillAsync);
        Add(command, options, "speed", "Look-ups of anybody, and messages between those who are there.", SpeedAsync);
        Add(command, options, "register", "New users of an empty node, and of the largest.", RegisterAsync);
        Add(command, options, "start", "From start to ready, of each service.", StartAsync);
        Add(command, options, "memory", "Memory of each service, at rest and under load, without and with a backlog of messages for others.", MemoryAsync);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = await options.ReadAsync(parsed, cancellationToken);
            var report = new SizesReport(options.IsJson(parsed));
            foreach (var part in new[] { FillAsync, SpeedAsync, RegisterAsync, StartAsync, MemoryAsync })
            {
                await part(settings, report, cancellationToken);
            }
        });
        return command;
    }

    private static void Add(
        Command parent, SizesOptions options, string name, string description, Func<SizesSettings, SizesReport, CancellationToken, Task> part)
    {
        var command = new Command(name, description);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
            await part(await options.ReadAsync(parsed, cancellationToken), new SizesReport(options.IsJson(parsed)), cancellationToken));
        parent.Add(command);
    }

    private static async Task FillAsync(SizesSettings settings, SizesReport report, CancellationToken cancellationToken)
    {
        foreach (var users in settings.Users)
        {
            await FilledDatabases.GetAsync(users, waiting: 0, cancellationToken);
        }

        await FilledDatabases.GetAsync(settings.MemoryUsers, settings.Waiting, cancellationToken);
    }

    private static async Task SpeedAsync(SizesSettings settings, SizesReport report, CancellationToken cancellationToken)
    {
        var results = new List<SizeResult>();
        foreach (var users in settings.Users)
        {
            results.AddRange(await SpeedComparison.MeasureAsync(settings, users, cancellationToken));
        }

        report.Tell(results);
    }

    private static async Task RegisterAsync(SizesSettings settings, SizesReport report, CancellationToken cancellationToken) => report.Tell(
    [
        await RegistrationCost.MeasureAsync(settings, users: 0, cancellationToken),
        await RegistrationCost.MeasureAsync(settings, settings.Users[^1], cancellationToken),
    ]);

    private static async Task StartAsync(SizesSettings settings, SizesReport report, CancellationToken cancellationToken)
    {
        foreach (var (users, waiting) in settings.Users.Select(users => (users, 0)).Append((settings.MemoryUsers, settings.Waiting)))
        {
            await foreach (var result in StartRun.MeasureAsync(settings, users, waiting, cancellationToken))
            {
                report.Tell(result);
            }
        }
    }

    private static async Task MemoryAsync(SizesSettings settings, SizesReport report, CancellationToken cancellationToken)
    {
        foreach (var waiting in new[] { 0, settings.Waiting })
        {
            await foreach (var result in MemoryRun.MeasureAsync(settings, waiting, cancellationToken))
            {
                report.Tell(result);
            }
        }
    }
}
