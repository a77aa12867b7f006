using System.Text;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Hosting;
using NymDirectory.Signatures;

namespace NymDirectory.Gateway.Keys;

/// <summary>The node's identity: loaded once, its public half published beside it.</summary>
internal sealed class NodeKey : IDisposable
{
    /// <summary>Loads or makes the key, and publishes its public half.</summary>
    /// <exception cref="InvalidConfigurationException">It cannot be had, or not be published.</exception>
    public NodeKey(IOptions<GatewayOptions> options, ILogger<NodeKey> logger)
    {
        var settings = options.Value;
        var passphrase = string.IsNullOrWhiteSpace(settings.KeyPassphraseFile) ? null : Passphrase.Read(settings.KeyPassphraseFile);
        var loaded = new NodeKeyFile(settings.KeyPath, passphrase).LoadOrCreate();
        Key = loaded.Key;
        Publish(settings);
        Tell(logger, loaded, passphrase is not null);
    }

    /// <summary>Signs what the node says.</summary>
    public SigningKey Key { get; }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();

    private void Publish(GatewayOptions settings)
    {
        try
        {
            WholeFile.Write(settings.PublicKeyPath, Encoding.UTF8.GetBytes(Key.PublicKey.Pem), WholeFile.Everybody);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"The node's public key cannot be written to {settings.PublicKeyPath}.");
        }
    }

    private static void Tell(ILogger logger, LoadedKey loaded, bool hasPassphrase)
    {
        if (loaded.IsNew)
        {
            logger.KeyMade();
        }

        if (!loaded.IsSealed && hasPassphrase)
        {
            logger.PassphraseUnused();
        }
        else if (!loaded.IsSealed)
        {
            logger.KeyUnsealed();
        }
    }
}
