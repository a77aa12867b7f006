using System.CommandLine;
using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Client;
using NymDirectory.Localnet.Client.Identity;
using NymDirectory.Localnet.Hub;
using NymDirectory.Localnet.Logging;
using NymDirectory.Localnet.Signals;

namespace NymDirectory.Localnet.CommandLine;

/// <summary><c>run</c>: a client until SIGINT.</summary>
internal static class RunCommand
{
    // What a shell reports for an aborted process.
    private const int Aborted = 134;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var shared = new ClientOptions();
        var hub = new Option<string>("--hub") { Description = $"Where the hub is: HOST:PORT, or what {HubEndpoint.Variable} says." };
        var gateway = new Option<string>("--gateway") { Hidden = true };
        hub.DefaultValueFactory = _ => HubEndpoint.FromEnvironment();
        var command = new Command("run", "Run a client that init made. SIGINT stops it and keeps its reply blocks, any other end loses them.")
        {
            hub,
            gateway,
        };
        shared.AddTo(command);
        command.SetAction(async parsed =>
        {
            var folder = shared.Folder(parsed);
            if (!folder.Exists)
            {
                throw new UserErrorException($"There is no client '{folder.Id}' in {folder.Path}: make it with 'init --id {folder.Id}'");
            }

            folder.Create();
            await RunAsync(folder, shared.Configuration(parsed, ConfigurationFile.Read(folder)), HubEndpoint.Parse(parsed.GetRequiredValue(hub)));
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(ClientFolder folder, ClientConfiguration configuration, HubEndpoint hub)
    {
        using var output = new StandardErrorOutput(_ => NativeProcess.Exit(Aborted));
        output.Write(NotAnonymous.Loud);
        var filter = new RustLogFilter(Environment.GetEnvironmentVariable("RUST_LOG"));
        using var provider = new RustLogProvider(filter, output.Write, TimeProvider.System);
        using var logs = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(provider));
        using var interrupts = new Interrupts(onSecond: () => NativeProcess.Exit(0));
        await new MixnetClient(folder, configuration, hub, logs, TimeProvider.System).RunAsync(
            reason =>
            {
                output.Write($"\nthread 'tokio-runtime-worker' panicked:\n{reason}\n");
                NativeProcess.Exit(Aborted);
            },
            interrupts.First);
    }
}
