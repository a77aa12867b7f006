using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient.Shortage;

/// <summary>
/// When each tag was heard of last: a message of its owner brings reply blocks. Remembers five minutes at least and ten at most (after that nym-client counts on
/// nobody), and so many tags.
/// </summary>
internal sealed class RecentTags(TimeProvider time)
{
    // In each of two generations: as many as a nym-client at its fastest (250 packets a second) can answer in five minutes.
    private const int MaxTags = 75_000;
    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Dictionary<SealedTag, long> _young = [];
    private Dictionary<SealedTag, long> _old = [];
    private long _since = time.GetTimestamp();

    /// <summary>Its owner sent something.</summary>
    public void Heard(SealedTag tag)
    {
        long now = time.GetTimestamp();
        lock (_gate)
        {
            if (_young.Count >= MaxTags || time.GetElapsedTime(_since, now) >= Generation)
            {
                (_young, _old, _since) = (_old, _young, now);
                _young.Clear();
            }

            _young[tag] = now;
        }
    }

    /// <summary>When, as <see cref="TimeProvider.GetTimestamp"/> counts; null: long ago or never.</summary>
    public long? LastHeard(SealedTag tag)
    {
        lock (_gate)
        {
            return _young.TryGetValue(tag, out long at) || _old.TryGetValue(tag, out at) ? at : null;
        }
    }
}
