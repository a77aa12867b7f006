using System.CommandLine;
using NymDirectory.Local.Node;

namespace NymDirectory.Local.CommandLine;

/// <summary>The command line: its options, their defaults and their checks.</summary>
internal static class LocalCommand
{
    private static readonly Option<bool> Once = new("--once")
    {
        Description = "End after the conversation; exit code 0 only if all of it worked.",
    };

    private static readonly Option<bool> NoWalkthrough = new("--no-walkthrough")
    {
        Description = "Start the node and serve, without showing the conversation.",
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The folder for everything that lasts; address and public key lie in its gateway/.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "data",
    };

    private static readonly Option<int> Relays = new("--relays")
    {
        Description = "How many Relays to start (1 to 16).",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> NymClient = new("--nym-client")
    {
        Description = "Run this nym-client instead of the local mixnet; no walkthrough then.",
        HelpName = "PATH",
    };

    private static readonly Option<int> NymClientPort = new("--nym-client-port")
    {
        Description = "The websocket port of the node's nym-client.",
        HelpName = "P",
        DefaultValueFactory = _ => 1977,
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "The first of the node's own ports: Gateway P, Directory P+1, Relay P+2, their health P+10 to P+12, the local mixnet's hub P+12690.",
        HelpName = "P",
        DefaultValueFactory = _ => 5100,
    };

    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show all that the services log, not warnings and errors only.",
    };

    internal static RootCommand Create(
        Func<LocalSettings, CancellationToken, Task<int>> run, Func<NodeAccess, NodeAccess, CancellationToken, Task<int>> walkThrough)
    {
        var command = new RootCommand("Runs a whole NymDirectory node on this machine, by default on a local mixnet that is not anonymous.")
        {
            Once, NoWalkthrough, Data, Relays, NymClient, NymClientPort, Port, Verbose, WalkthroughCommand.Create(walkThrough),
        };
        NumberRange.Check(Relays, 1, 16);
        NumberRange.Check(NymClientPort, 1, 65535);
        NumberRange.Check(Port, 1024, 52000);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Once) && (result.GetValue(NoWalkthrough) || result.GetValue(NymClient) is not null))
            {
                result.AddError("--once shows the conversation on the local mixnet: it does not go with --no-walkthrough or --nym-client.");
            }
        });
        command.SetAction((result, cancellationToken) => run(SettingsOf(result), cancellationToken));
        return command;
    }

    private static LocalSettings SettingsOf(ParseResult result)
    {
        var nymClient = result.GetValue(NymClient);
        return new LocalSettings(
            result.GetValue(Once),
            !result.GetValue(NoWalkthrough) && nymClient is null,
            Path.GetFullPath(result.GetValue(Data)!),
            result.GetValue(Relays),
            nymClient is null ? null : Path.GetFullPath(nymClient),
            result.GetValue(NymClientPort),
            result.GetValue(Port),
            result.GetValue(Verbose));
    }
}
