using System.CommandLine;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Hub;
using NymDirectory.Localnet.Signals;

namespace NymDirectory.Localnet.CommandLine;

/// <summary><c>hub</c>: what joins the clients, until SIGINT or SIGTERM.</summary>
internal static class HubCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var listen = new Option<string>("--listen")
        {
            Description = $"HOST:PORT, or what {HubEndpoint.Variable} says; port 0: any free one.",
        };
        listen.DefaultValueFactory = _ => HubEndpoint.FromEnvironment();
        var seed = new Option<int?>("--seed")
        {
            Description = "Draws losses, copies and so on from this seed: the same for the same order of messages.",
        };
        var faults = new FaultOptions();
        var command = new Command("hub", "Join the clients of this machine. Says 'Hub listening on HOST:PORT' on stdout when it is ready.")
        {
            listen,
            seed,
        };
        faults.AddTo(command);
        command.SetAction(async parsed =>
        {
            var random = parsed.GetValue(seed) is { } number ? new Random(number) : Random.Shared;
            await RunAsync(HubEndpoint.Parse(parsed.GetRequiredValue(listen)), faults.Changes(parsed).ApplyTo(FaultSettings.None), random);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(HubEndpoint listen, FaultSettings faults, Random random)
    {
        using var interrupts = new Interrupts(onSecond: () => NativeProcess.Exit(0));
        using var hub = await HubServer.StartAsync(listen, faults, random, TimeProvider.System);
        Console.Error.Write(NotAnonymous.Loud);
        await Console.Out.WriteLineAsync($"Hub listening on {hub.Endpoint}");
        await hub.RunAsync(interrupts.First);
    }
}
