namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>What becomes visible to the rest of the service once the commit is durable. A value, so that a savepoint can take it back.</summary>
internal struct CommitEffects()
{
    /// <summary>By how much the number of waiting messages changed.</summary>
    public int Depth { get; set; }

    /// <summary>The earliest time at which some mailbox became due.</summary>
    public long EarliestDue { get; private set; } = long.MaxValue;

    /// <summary>Whether <see cref="EarliestDue"/> is that of all mailboxes, not only of those that changed.</summary>
    public bool IsExactDue { get; private set; }

    public void NoteDue(long? due) => EarliestDue = Math.Min(EarliestDue, due ?? long.MaxValue);

    public void SetExactDue(long due)
    {
        EarliestDue = due;
        IsExactDue = true;
    }
}
