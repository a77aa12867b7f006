using NymDirectory.Signatures;

namespace NymDirectory.Client;

/// <summary>Forgets the pinned key at the end of the process: for tests and demonstrations.</summary>
public sealed class InMemoryNodeKeyStore : INodeKeyStore
{
    /// <summary>The pinned key; null: none yet.</summary>
    public P256PublicKey? Key { get; private set; }

    /// <inheritdoc/>
    public ValueTask<P256PublicKey?> LoadAsync(CancellationToken cancellationToken) => new(Key);

    /// <inheritdoc/>
    public ValueTask PinAsync(P256PublicKey key, CancellationToken cancellationToken)
    {
        Key = key;
        return ValueTask.CompletedTask;
    }
}
