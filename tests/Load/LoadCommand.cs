using System.CommandLine;
using NymDirectory.Local.CommandLine;

namespace NymDirectory.Load;

/// <summary>The command line.</summary>
internal static class LoadCommand
{
    private static readonly Option<int> Users = new("--users") { Description = "Users, each with a nym-client of their own (2 to 64).", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> InFlight = new("--in-flight") { Description = "Messages without an answer, over all users.", DefaultValueFactory = _ => 64 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long it is measured (1 to 600).", DefaultValueFactory = _ => 15 };
    private static readonly Option<int> Relays = new("--relays") { Description = "Relays of the node.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as one JSON object." };

    internal static RootCommand Create()
    {
        var send = new Command("send", "Users send messages to each other through a node on the local mixnet.") { Users, InFlight, Seconds, Relays, Json };
        NumberRange.Check(Users, 2, 64);
        NumberRange.Check(Seconds, 1, 600);
        NumberRange.Check(InFlight, 1, 4096);
        NumberRange.Check(Relays, 1, 16);
        send.SetAction(async (result, cancellationToken) =>
        {
            var settings = new LoadSettings(
                result.GetValue(Users), result.GetValue(InFlight), TimeSpan.FromSeconds(result.GetValue(Seconds)), result.GetValue(Relays));
            var report = await SendLoad.RunAsync(settings, cancellationToken);
            Console.WriteLine(result.GetValue(Json) ? report.ToJson() : report.ToText());
            return report.Delivered == report.Accepted ? 0 : 1;
        });
        return new RootCommand("Measures a node as real processes on this machine. Speed is shown here, never in a test.") { send };
    }
}
