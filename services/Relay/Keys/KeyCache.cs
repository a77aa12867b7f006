using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace NymDirectory.Relay.Keys;

/// <summary>
/// A bounded cache of senders' keys in two generations. When the recent one has half the capacity it becomes the former one, whose
/// entries are forgotten at the next turn unless they were asked for meanwhile: nearly least recently used, and a hit takes no lock.
/// </summary>
internal sealed class KeyCache(int capacity)
{
    private readonly int _half = Math.Max(1, capacity / 2);
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<string, SenderKey> _recent = Generation();
    private volatile ConcurrentDictionary<string, SenderKey> _former = Generation();
    private int _recentCount;

    /// <summary>How many keys are kept now. Counts them all: not for hot paths.</summary>
    public int Count => _recent.Count + _former.Count;

    /// <summary>Finds the key of a name.</summary>
    public bool TryGet(string username, [NotNullWhen(true)] out SenderKey? key)
    {
        if (_recent.TryGetValue(username, out key))
        {
            return true;
        }

        if (!_former.TryGetValue(username, out key))
        {
            return false;
        }

        KeepOn(username, key);
        return true;
    }

    /// <summary>Keeps a key; an earlier one of the name is gone.</summary>
    public void Set(string username, SenderKey key)
    {
        lock (_gate)
        {
            _former.TryRemove(username, out _);
            AddRecent(username, key);
        }
    }

    /// <summary>Forgets a name.</summary>
    public void Forget(string username)
    {
        lock (_gate)
        {
            _former.TryRemove(username, out _);
            _recentCount -= _recent.TryRemove(username, out _) ? 1 : 0;
        }
    }

    private static ConcurrentDictionary<string, SenderKey> Generation() => new(StringComparer.Ordinal);

    private void KeepOn(string username, SenderKey key)
    {
        lock (_gate)
        {
            // Only what is still the former entry: it may have been replaced or forgotten since it was read.
            if (_former.TryRemove(new KeyValuePair<string, SenderKey>(username, key)))
            {
                AddRecent(username, key);
            }
        }
    }

    // Not left to the garbage collector, to which an imported key looks like a few bytes. Whoever holds one still can go on with it.
    private static void LetGo(ConcurrentDictionary<string, SenderKey> forgotten)
    {
        foreach (var (_, key) in forgotten)
        {
            key.Verifier.LetGo();
        }
    }

    private void AddRecent(string username, SenderKey key)
    {
        if (!_recent.TryAdd(username, key))
        {
            _recent[username] = key;
            return;
        }

        if (++_recentCount >= _half)
        {
            var forgotten = _former;

            // In this order: a reader who sees the new generation sees its predecessor, too.
            _former = _recent;
            _recent = Generation();
            _recentCount = 0;
            LetGo(forgotten);
        }
    }
}
