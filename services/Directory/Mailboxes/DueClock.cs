using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>
/// The earliest time at which some mailbox may be due, as far as commits told. It may be too early (the mailbox was emptied since),
/// never too late. Moved by the commit thread alone.
/// </summary>
internal sealed class DueClock
{
    // Nothing is known before the first look into the database.
    private long _earliest;

    /// <summary>Raised when it moved to an earlier time.</summary>
    public event Action? Earlier;

    /// <summary>Unix milliseconds.</summary>
    public long Earliest => Volatile.Read(ref _earliest);

    public void Move(in CommitEffects effects)
    {
        var before = _earliest;
        var after = effects.IsExactDue ? effects.EarliestDue : Math.Min(before, effects.EarliestDue);
        Volatile.Write(ref _earliest, after);
        if (after < before)
        {
            Earlier?.Invoke();
        }
    }
}
