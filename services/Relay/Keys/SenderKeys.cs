using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Options;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Telemetry;
using NymDirectory.Relay.Telemetry;
using NymDirectory.Signatures;

namespace NymDirectory.Relay.Keys;

/// <summary>
/// The keys of senders: from the cache, else from the Directory. Those who ask for the same name at once share one look-up. Names that
/// nobody has are not kept, so that a name can be used the moment it is registered, and strangers cannot push keys out.
/// </summary>
internal sealed class SenderKeys(
    DirectoryCalls directory, IOptions<KeyCacheOptions> options, RelayMetrics metrics, ILogger<SenderKeys> logger)
{
    private readonly ConcurrentLru<string, SenderKey> _known = new(Environment.ProcessorCount, options.Value.Known, StringComparer.Ordinal);
    private readonly ImportedKeys _imported = new(options.Value.Capacity);
    private readonly ConcurrentDictionary<string, Lazy<Task<SenderKey?>>> _underWay = new(StringComparer.Ordinal);

    /// <summary>Of how many names the key is known.</summary>
    public int KnownCount => _known.Count;

    /// <summary>How many keys are kept imported.</summary>
    public int ImportedCount => _imported.Count;

    /// <summary>The key that is kept for a name; it may have been replaced in the Directory since.</summary>
    public bool TryGetCached(string username, [NotNullWhen(true)] out SenderKey? key)
    {
        var isKnown = _known.TryGet(username, out key);
        metrics.KeyCacheAsked(!isKnown ? KeyCacheResult.Miss : _imported.Has(key!.PublicKey) ? KeyCacheResult.Hit : KeyCacheResult.Known);
        return isKnown;
    }

    /// <summary>What checks signatures of a key.</summary>
    public SignatureVerifier VerifierOf(SenderKey key) => _imported.VerifierOf(key.PublicKey);

    /// <summary>Asks the Directory; null when nobody has the name.</summary>
    public Task<SenderKey?> LookUpAsync(string username, CancellationToken cancellationToken) =>
        // The look-up belongs to all who wait for it: one who stops waiting does not end it.
        _underWay.GetOrAdd(username, name => new(() => AskAsync(name))).Value.WaitAsync(cancellationToken);

    /// <summary>Keeps a key that the Directory told of; null when it cannot be used.</summary>
    public SenderKey? Keep(string username, AccountKey account)
    {
        if (_known.TryGet(username, out var known) && known.Id == account.KeyId)
        {
            return known;
        }

        var key = Parse(account);
        if (key is not null)
        {
            _known.AddOrUpdate(username, key);
        }

        return key;
    }

    /// <summary>Forgets a name that nobody has any more.</summary>
    public void Forget(string username) => _known.TryRemove(username);

    private async Task<SenderKey?> AskAsync(string username)
    {
        try
        {
            var item = new QueryItem
            {
                Username = username,
                Context = new ItemContext { Traceparent = ItemTrace.Traceparent(Activity.Current) },
            };
            // Bounded by the deadline of calls between services.
            var outcome = await directory.QueryAsync(item, CancellationToken.None);
            return outcome.OutcomeCase switch
            {
                QueryOutcome.OutcomeOneofCase.Found => Keep(username, outcome.Found),
                QueryOutcome.OutcomeOneofCase.NotFound => null,
                _ => throw new InvalidOperationException("The Directory answered a look-up with an outcome that is not in the contract."),
            };
        }
        finally
        {
            _underWay.TryRemove(username, out _);
        }
    }

    private SenderKey? Parse(AccountKey account)
    {
        // The Directory checked it at the door. That it is a point of the curve, the platform looks at once more when it imports it.
        if (account.KeyId.Length == KeyId.Size && P256PublicKey.TryReadCanonicalPem(account.PublicKeyPem, out var key))
        {
            return new SenderKey(account.KeyId, key);
        }

        // One damaged row must not fail those who travel in the same list: its owner is treated as unknown.
        logger.UnusableKey();
        return null;
    }
}
