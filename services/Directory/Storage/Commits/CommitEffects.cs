using NymDirectory.DirectoryService.Mailboxes;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>What becomes visible to the rest of the service once the commit is durable.</summary>
internal struct CommitEffects()
{
    private MessageEnds _ends;

    /// <summary>By how much the number of messages that are kept changed.</summary>
    public int Depth { get; private set; }

    /// <summary>How many messages were accepted, each counted once.</summary>
    public int Accepted { get; private set; }

    /// <summary>How many ended, by <see cref="MessageEnd"/>.</summary>
    public readonly MessageEnds Ends => _ends;

    /// <summary>The earliest time at which some mailbox became due.</summary>
    public long EarliestDue { get; private set; } = long.MaxValue;

    /// <summary>Whether <see cref="EarliestDue"/> is that of all mailboxes, not only of those that changed.</summary>
    public bool IsExactDue { get; private set; }

    public void NoteAccepted()
    {
        Accepted++;
        Depth++;
    }

    public void NoteEnded(MessageEnd end, int count = 1)
    {
        _ends[(int)end] += count;
        Depth -= count;
    }

    public void NoteDue(long? due) => EarliestDue = Math.Min(EarliestDue, due ?? long.MaxValue);

    public void SetExactDue(long due)
    {
        EarliestDue = due;
        IsExactDue = true;
    }
}
