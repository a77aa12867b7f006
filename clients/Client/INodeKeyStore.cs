using NymDirectory.Signatures;

namespace NymDirectory.Client;

/// <summary>
/// Keeps the node's public key that was pinned at first contact. Whoever answers first is believed then, so compare the key with what the operator
/// publishes, or give it in <see cref="NymChatClientOptions.NodeKey"/> from the start.
/// </summary>
public interface INodeKeyStore
{
    /// <summary>The pinned key; null: none yet.</summary>
    ValueTask<P256PublicKey?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the key of the node's first answer. An exception from here refuses it.</summary>
    ValueTask PinAsync(P256PublicKey key, CancellationToken cancellationToken);
}
