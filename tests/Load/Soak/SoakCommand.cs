using System.CommandLine;
using System.Security.Cryptography;
using NymDirectory.Load.CommandLine;
using NymDirectory.Local.CommandLine;

namespace NymDirectory.Load.Soak;

/// <summary><c>soak</c>: random traffic and random faults, and the invariants at the end.</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var minutes = new Option<int>("--minutes") { Description = "How long there are traffic and faults.", DefaultValueFactory = _ => 1 };
        var seed = new Option<int?>("--seed") { Description = "Decides which faults come when; default: a random one, which is printed." };
        var users = new Option<int>("--users") { Description = "Users who write to each other.", DefaultValueFactory = _ => 6 };
        var programs = ProgramsOption.Create("what the build made is taken");
        NumberRange.Check(minutes, 1, 24 * 60);
        NumberRange.Check(users, 2, 50);
        var command = new Command("soak", "Kills, stops, loses and delays at random while users write to each other. 0 only if nothing was lost, doubled or made up.")
        {
            minutes,
            seed,
            users,
            programs,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new SoakSettings(
                parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(users), parsed.GetValue(programs));
            Console.WriteLine($"soak of {settings.Duration.TotalMinutes:0} min with {settings.Users} users, seed {settings.Seed}");
            return await SoakRun.RunAsync(settings, cancellationToken) ? 0 : 1;
        });
        return command;
    }
}
