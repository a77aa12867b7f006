using Microsoft.Extensions.Options;
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
        var passphrase = Passphrase.Of(settings);
        var loaded = new NodeKeyFile(settings.KeyPath, passphrase).LoadOrCreate();
        Key = loaded.Key;
        PublicKeyFile.Write(settings.PublicKeyPath, Key.PublicKey);
        Tell(logger, loaded, passphrase is not null);
    }

    /// <summary>Signs what the node says.</summary>
    public SigningKey Key { get; }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();

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
