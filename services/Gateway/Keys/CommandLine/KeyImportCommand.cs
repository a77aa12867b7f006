using System.CommandLine;
using NymDirectory.Hosting.Commands;

namespace NymDirectory.Gateway.Keys.CommandLine;

/// <summary><c>key import OLD_FILE</c>: the key by which clients know an existing nymDirectory becomes this node's.</summary>
internal static class KeyImportCommand
{
    public static Command Create(IConfiguration configuration)
    {
        var file = new Argument<string>("OLD_FILE") { Description = "Its key file, …_private_key.enc." };
        var passphraseFile = new Option<string>("--passphrase-file")
        {
            Description = "The file with the passphrase that seals OLD_FILE.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("import", "Takes over the key of an existing nymDirectory; an existing key of this node is never changed.")
        {
            file, passphraseFile,
        };
        command.SetAction(result => Import(
            configuration.Options<GatewayOptions>(GatewayOptions.Section),
            result.GetRequiredValue(file), result.GetRequiredValue(passphraseFile), Console.Out, Console.Error));
        return command;
    }

    private static void Import(GatewayOptions settings, string file, string passphraseFile, TextWriter output, TextWriter warnings)
    {
        var passphrase = Passphrase.Of(settings);
        using var old = OldKeyFile.Open(file, Passphrase.ReadOld(passphraseFile));
        var expected = old.PublicKey;
        var loaded = new NodeKeyFile(settings.KeyPath, passphrase).LoadOrAdopt(old);
        using var key = loaded.Key;
        if (!key.PublicKey.Equals(expected))
        {
            throw new CommandFailedException($"{settings.KeyPath} holds another key: if no client knows it yet, move it away and try again.");
        }

        PublicKeyFile.Write(settings.PublicKeyPath, expected);
        KeyReport.Write(loaded, settings, output);
        KeyReport.Warn(loaded, passphrase is not null, warnings);
    }
}
