using System.CommandLine;
using NymDirectory.Load.CommandLine;
using NymDirectory.Load.Node;
using NymDirectory.Local.CommandLine;

namespace NymDirectory.Load.Packets;

/// <summary><c>packets</c>: what the mixnet costs, and what a node does with too few packets.</summary>
internal static class PacketsCommand
{
    public static Command Create()
    {
        var only = new Option<PacketsPart[]>("--only") { Description = "Only these parts: table (runs nothing), capacity, overload.", AllowMultipleArgumentsPerToken = true };
        var gateways = new Option<int[]>("--gateways")
        {
            Description = "Of the capacity only nodes with so many Gateways: 1, 2, 4.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1, 2, 4],
        };
        var seconds = new Option<int>("--seconds") { Description = "How long each run of a paced node is measured.", DefaultValueFactory = _ => 40 };
        var users = new Option<int>("--users") { Description = "Users of each Gateway.", DefaultValueFactory = _ => 200 };
        var programs = ProgramsOption.Create();
        var json = new Option<bool>("--json") { Description = "Print each result as one JSON object in a line." };
        NumberRange.Check(seconds, 1, 3600);
        NumberRange.Check(users, 2, 10_000);
        var command = new Command("packets", "Bytes and packets of every envelope, and what a node with 50 packets a second carries: one, two and four Gateways, and offered twice of what fits.")
        {
            only,
            gateways,
            seconds,
            users,
            programs,
            json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var parts = (parsed.GetValue(only) is { Length: > 0 } chosen ? chosen : Enum.GetValues<PacketsPart>()).ToHashSet();
            var settings = new PacketsSettings
            {
                Parts = parts,
                Gateways = parsed.GetValue(gateways)!.ToHashSet(),
                Programs = parts.SetEquals([PacketsPart.Table]) ? string.Empty : await PublishedPrograms.FindOrPublishAsync(parsed.GetValue(programs), cancellationToken),
                Variables = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Warning" },
                Users = parsed.GetValue(users),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Json = parsed.GetValue(json),
            };
            IPacketsReport report = settings.Json ? new PacketsJson(Console.Out) : new PacketsText(Console.Out);
            return await PacketsRun.RunAsync(settings, report, cancellationToken) ? 0 : 1;
        });
        return command;
    }
}
