using System.Security.Cryptography;
using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Telemetry;
using NymDirectory.Signatures;

namespace NymDirectory.DirectoryService.Challenges;

/// <summary>
/// Open challenges, in memory and bounded: strangers must not cause disk writes. After a restart a client is told that nothing is
/// pending, and asks again.
/// </summary>
internal sealed class ChallengeStore
{
    public const int Capacity = 100_000;

    private const int NonceSize = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<ChallengeKey, LinkedListNode<OpenChallenge>> _byKey = [];
    private readonly LinkedList<OpenChallenge> _byAge = [];
    private readonly TimeProvider _time;
    private readonly DirectoryMetrics _metrics;

    public ChallengeStore(TimeProvider time, DirectoryMetrics metrics)
    {
        _time = time;
        _metrics = metrics;
        metrics.ObserveChallenges(() => Count);
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>Opens a challenge in place of the tag's former one; absent when too many are open.</summary>
    public OpenChallenge? Open(ChallengeKey key, Username username, P256PublicKey publicKey, AccountFeatures features)
    {
        var nonce = RandomNumberGenerator.GetHexString(2 * NonceSize, lowercase: true);
        var challenge = new OpenChallenge(key, nonce, username, publicKey, features, _time.GetTimestamp());
        lock (_lock)
        {
            RemoveExpired();
            Remove(key);
            if (_byKey.Count < Capacity)
            {
                _byKey.Add(key, _byAge.AddLast(challenge));
                return challenge;
            }
        }

        _metrics.ChallengeRefused();
        return null;
    }

    /// <summary>Uses the tag's challenge up, whatever the answer is worth.</summary>
    public OpenChallenge? Take(ChallengeKey key)
    {
        lock (_lock)
        {
            RemoveExpired();
            return Remove(key);
        }
    }

    /// <summary>
    /// Puts back a challenge whose answer was right but could not be written down, unless there is a newer one: the client may try again.
    /// </summary>
    public void PutBack(OpenChallenge challenge)
    {
        lock (_lock)
        {
            if (!_byKey.ContainsKey(challenge.Key) && _byKey.Count < Capacity)
            {
                // Oldest first must hold, or expiry would stop at a younger one.
                _byKey.Add(challenge.Key, InsertByAge(challenge));
            }
        }
    }

    private LinkedListNode<OpenChallenge> InsertByAge(OpenChallenge challenge)
    {
        var older = _byAge.Last;
        while (older is not null && older.Value.OpenedAt > challenge.OpenedAt)
        {
            older = older.Previous;
        }

        return older is null ? _byAge.AddFirst(challenge) : _byAge.AddAfter(older, challenge);
    }

    private void RemoveExpired()
    {
        while (_byAge.First is { } oldest && _time.GetElapsedTime(oldest.Value.OpenedAt) >= Lifetime)
        {
            Remove(oldest.Value.Key);
        }
    }

    private OpenChallenge? Remove(ChallengeKey key)
    {
        if (!_byKey.Remove(key, out var node))
        {
            return null;
        }

        _byAge.Remove(node);
        return node.Value;
    }
}
