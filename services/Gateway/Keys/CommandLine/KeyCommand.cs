using System.CommandLine;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.Gateway.Keys.CommandLine;

/// <summary>
/// <c>NymDirectory.Gateway key</c>: sees to it that the node has its key before anything is started, and says where it is. It takes the settings
/// that the service takes, and neither needs nor touches a nym-client.
/// </summary>
internal static class KeyCommand
{
    /// <summary>Runs it. A method of its own, so that a start of the service loads nothing of it.</summary>
    public static Task<int> RunAsync(string[] args) => ServiceCommands.RunAsync(GatewayApp.Description, args, Create);

    private static IEnumerable<Command> Create(IConfiguration configuration)
    {
        var command = new Command("key", "Makes the node's key and its public key file if there is none, and says where they are.")
        {
            KeyImportCommand.Create(configuration),
        };
        command.SetAction(_ => LoadOrCreate(configuration.Options<GatewayOptions>(GatewayOptions.Section), Console.Out, Console.Error));
        return [command];
    }

    /// <summary>Loads or makes the key as a start of the service does.</summary>
    /// <exception cref="Hosting.InvalidConfigurationException">It cannot be had, or not be published.</exception>
    internal static void LoadOrCreate(GatewayOptions settings, TextWriter output, TextWriter warnings)
    {
        var passphrase = Passphrase.Of(settings);
        var loaded = new NodeKeyFile(settings.KeyPath, passphrase).LoadOrCreate();
        using var key = loaded.Key;
        PublicKeyFile.Write(settings.PublicKeyPath, key.PublicKey);
        KeyReport.Write(loaded, settings, output);
        KeyReport.Warn(loaded, passphrase is not null, warnings);
    }
}
