namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>One change; its caller hears of it only after the commit. May be executed again when it was taken back with another that failed.</summary>
internal abstract class WriteOperation
{
    /// <summary>How many items it carries: what a commit waits for is counted in items.</summary>
    public virtual int Weight => 1;

    /// <summary>Whether no client's answer waits for it: it may wait for others with which it shares a commit.</summary>
    public virtual bool IsPatient => false;

    /// <summary>Does the work. Runs on the commit thread; may throw, and then has not happened.</summary>
    public abstract void Execute(WriteSession session);

    /// <summary>Tells the caller that it is on disk.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}

/// <summary>A change with a result.</summary>
internal abstract class WriteOperation<TResult> : WriteOperation
{
    // Callers go on in the thread pool: the commit thread has the next commit to make.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TResult _result = default!;

    public Task<TResult> Completion => _completion.Task;

    protected abstract TResult Apply(WriteSession session);

    public sealed override void Execute(WriteSession session) => _result = Apply(session);

    public sealed override void Succeed() => _completion.TrySetResult(_result);

    public sealed override void Fail(Exception exception) => _completion.TrySetException(exception);
}
