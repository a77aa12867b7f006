using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>
/// The one writer: takes what waits, commits once, then tells all of them. What it costs to be durable is shared by everything that came in the same moment.
/// When an operation fails, all of it is taken back, and each then gets a commit of its own: savepoints would copy every page that is about to change.
/// </summary>
internal sealed class CommitThread(
    CommitQueue queue, WriteSession session, Action<CommitEffects> committed, CommitReport report)
{
    private readonly List<WriteOperation> _batch = [];

    public Thread Start()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "commits" };
        thread.Start();
        return thread;
    }

    private void Run()
    {
        while (queue.Take(_batch))
        {
            if (!TryCommit(_batch) && _batch.Count > 1)
            {
                foreach (var operation in _batch)
                {
                    TryCommit([operation]);
                }
            }

            _batch.Clear();
        }
    }

    /// <summary>False when one of several operations failed: nothing has happened, and nobody was told.</summary>
    private bool TryCommit(List<WriteOperation> operations)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            Commit(operations);
        }
        catch (Exception e)
        {
            var isOfAll = SqliteFailures.EndsTransaction(e);
            if (TryTakeBack() && !isOfAll && operations.Count > 1)
            {
                return false;
            }

            // Whatever it was, the thread goes on: the next commit may work again.
            Fail(operations, e, isOfAll);
            return true;
        }

        committed(session.Effects);
        operations.ForEach(operation => operation.Succeed());
        report.Succeeded(started, operations);
        return true;
    }

    private void Commit(List<WriteOperation> operations)
    {
        session.BeginCommit();
        session.Sql.Execute("BEGIN IMMEDIATE");
        if (session.ClockWentBack)
        {
            ClockStep.Repair(session);
        }

        foreach (var operation in operations)
        {
            operation.Execute(session);
        }

        session.Sql.Execute("COMMIT");
        session.Committed();
    }

    private bool TryTakeBack()
    {
        try
        {
            session.TakeBack();
            return true;
        }
        catch (SqliteException e)
        {
            report.CommitFailed(e);
            return false;
        }
    }

    private void Fail(List<WriteOperation> operations, Exception exception, bool isOfAll)
    {
        if (isOfAll)
        {
            report.CommitFailed(exception);
        }
        else
        {
            report.OperationFailed(exception);
        }

        operations.ForEach(operation => operation.Fail(new StorageException(exception)));
    }
}
