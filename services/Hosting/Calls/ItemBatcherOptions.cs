namespace NymDirectory.Hosting.Calls;

/// <summary>How items are collected into lists. The defaults are those of the design, measured in <c>docs/benchmarks.md</c>.</summary>
public sealed record ItemBatcherOptions
{
    /// <summary>How many items one call carries at most.</summary>
    public int MaxItems { get; init; } = 32;

    /// <summary>How many bytes one call carries at most; an item larger than that goes alone.</summary>
    public int MaxBytes { get; init; } = 512 * 1024;

    /// <summary>
    /// How long the first item of a list waits for a call that is under way; then the list goes beside it, as full as it is. Twice as long beside two, and
    /// so on.
    /// </summary>
    public TimeSpan LingerBeside { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How many calls are under way at once; beyond that items wait, and lists grow.</summary>
    public int MaxCalls { get; init; } = 8;

    /// <summary>How many items may wait for a call; beyond that their callers wait.</summary>
    public int Capacity { get; init; } = 4096;
}
