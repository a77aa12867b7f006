using NymDirectory.DirectoryService.Gateways;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>
/// Pairs of users whose first message was taken a moment ago: what follows it at once would overtake it. Kept for a second, so that a
/// restart need not know of it. For one thread at a time.
/// </summary>
internal sealed class Introductions
{
    // More in one second than any nym-client can send.
    private const int Most = 1_024;

    private readonly Dictionary<SixteenBytes, long> _until = [];

    /// <summary>Nearly always true: then nobody need look.</summary>
    public bool IsEmpty => _until.Count == 0;

    public void Note(SixteenBytes pair, long now)
    {
        if (_until.Count >= Most)
        {
            Forget(now);
        }

        if (_until.Count < Most)
        {
            _until[pair] = now + DeliveryPace.AfterIntroduction;
        }
    }

    /// <summary>How long a message of that pair waits; 0 when nothing stands before it.</summary>
    public long HoldUntil(SixteenBytes pair, long now)
    {
        Forget(now);
        return _until.GetValueOrDefault(pair);
    }

    // What lies further ahead was noted before the clock was set back.
    private void Forget(long now)
    {
        foreach (var (pair, until) in _until)
        {
            if (until <= now || until > now + DeliveryPace.AfterIntroduction)
            {
                _until.Remove(pair);
            }
        }
    }
}
