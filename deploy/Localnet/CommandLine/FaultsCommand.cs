using System.CommandLine;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Hub;

namespace NymDirectory.Localnet.CommandLine;

/// <summary><c>faults</c>: changes what goes wrong while everything runs.</summary>
internal static class FaultsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var hub = new Option<string>("--hub") { Description = $"Where the hub is: HOST:PORT, or what {HubEndpoint.Variable} says." };
        hub.DefaultValueFactory = _ => HubEndpoint.FromEnvironment();
        var client = new Option<string?>("--client")
        {
            Description = "Only for this client, by its id or address. Default: all that have no settings of their own.",
        };
        var silence = Duration.Option("--silence", "The clients' mixnet side is stuck for so long, from now on; 0 ends it.");
        var reset = new Option<bool>("--reset") { Description = "First back to nothing wrong, and end silences." };
        var show = new Option<bool>("--show") { Description = "Only show how things stand. That is shown after every change, too." };
        var faults = new FaultOptions();
        var command = new Command("faults", "Set what goes wrong while hub and clients run. What is not given stays as it is.")
        {
            hub,
            client,
            silence,
            reset,
            show,
        };
        faults.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new FaultCommand
            {
                Client = parsed.GetValue(client),
                Changes = faults.Changes(parsed),
                Silence = parsed.GetValue(silence),
                Reset = parsed.GetValue(reset),
            };
            if (parsed.GetValue(show) && request != new FaultCommand { Client = request.Client })
            {
                throw new UserErrorException("--show changes nothing: leave out the settings, or --show");
            }

            var report = await FaultControl.SendAsync(HubEndpoint.Parse(parsed.GetRequiredValue(hub)), request, cancellationToken);
            Console.Out.Write(ReportText.Write(report));
            return 0;
        });
        return command;
    }
}
