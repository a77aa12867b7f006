using BitFaster.Caching.Lru;
using NymDirectory.Signatures;

namespace NymDirectory.Relay.Keys;

/// <summary>Keys ready to check with: a bounded number stays imported, those used lately. Safe for any number of threads at once.</summary>
internal sealed class ImportedKeys
{
    private readonly ConcurrentLru<KeyId, SignatureVerifier> _verifiers;

    /// <summary>Keeps <paramref name="capacity"/> keys, at least three.</summary>
    public ImportedKeys(int capacity)
    {
        _verifiers = new ConcurrentLru<KeyId, SignatureVerifier>(capacity);
        // Not left to the garbage collector, to which an imported key looks like a few bytes. Whoever holds one still can go on with it.
        _verifiers.Events.Value!.ItemRemoved += (_, removed) => removed.Value!.LetGo();
    }

    /// <summary>How many are kept now.</summary>
    public int Count => _verifiers.Count;

    /// <summary>Whether it is kept; does not import it.</summary>
    public bool Has(P256PublicKey key) => _verifiers.TryGet(key.KeyId, out _);

    /// <summary>What checks signatures of <paramref name="key"/>; the first check imports it.</summary>
    public SignatureVerifier VerifierOf(P256PublicKey key) => _verifiers.GetOrAdd(key.KeyId, static (_, of) => new SignatureVerifier(of), key);
}
