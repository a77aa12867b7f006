using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>The keys of the blocks that this client made and handed out: each reply needs its keys, and uses them up.</summary>
internal sealed class ReplyKeys
{
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _keys = [];

    /// <summary>Makes keys for new blocks.</summary>
    public ulong[] Issue(int count)
    {
        var keys = new ulong[count];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(keys.AsSpan()));
        Restore(keys);
        return keys;
    }

    /// <summary>Uses keys up. False, and none is used, if any is unknown: made in a run that was killed, or used before.</summary>
    public bool TryUse(ReadOnlySpan<ulong> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (!_keys.Contains(key))
                {
                    return false;
                }
            }

            foreach (var key in keys)
            {
                _keys.Remove(key);
            }

            return true;
        }
    }

    /// <summary>The keys, for the flush.</summary>
    public ulong[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _keys];
        }
    }

    /// <summary>What a flush kept.</summary>
    public void Restore(ReadOnlySpan<ulong> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                _keys.Add(key);
            }
        }
    }
}
