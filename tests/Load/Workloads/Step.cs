namespace NymDirectory.Load.Workloads;

/// <summary>How far an operation came with an answer.</summary>
internal enum Step
{
    /// <summary>There is more to come.</summary>
    Continues,

    /// <summary>The asker has the final answer, but somebody else still waits for a message.</summary>
    Answered,

    /// <summary>Everything that it is about has happened.</summary>
    Completed,

    /// <summary>The asker has the final answer, and everything else had happened before.</summary>
    AnsweredAndCompleted,

    /// <summary>The node refused it.</summary>
    Refused,

    /// <summary>Something came that had come before.</summary>
    Repeated,
}
