using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>
/// The one writer: takes what waits, gives each operation a savepoint, commits once, then tells all of them. What it costs to be
/// durable is shared by everything that came in the same moment.
/// </summary>
internal sealed class CommitThread(
    CommitQueue queue, WriteSession session, Action<CommitEffects> committed, Action reload, CommitReport report)
{
    private readonly List<WriteOperation> _batch = [];
    private readonly List<WriteOperation> _done = [];

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
            var started = Stopwatch.GetTimestamp();
            try
            {
                Commit();
                report.Succeeded(started, _batch);
            }
            catch (Exception e)
            {
                // Whatever it was, the thread goes on: the next commit may work again.
                GiveUp(e);
            }

            _batch.Clear();
            _done.Clear();
        }
    }

    private void Commit()
    {
        session.BeginCommit();
        session.Sql.Execute("BEGIN IMMEDIATE");
        if (session.ClockWentBack)
        {
            ClockStep.Repair(session);
        }

        foreach (var operation in _batch)
        {
            Execute(operation);
        }

        session.Sql.Execute("COMMIT");
        session.Committed();
        committed(session.Effects);
        foreach (var operation in _done)
        {
            operation.Succeed();
        }
    }

    private void Execute(WriteOperation operation)
    {
        var before = session.Effects;
        session.Sql.Execute("SAVEPOINT operation");
        try
        {
            operation.Execute(session);
        }
        catch (Exception e) when (!SqliteFailures.EndsTransaction(e))
        {
            session.Sql.Execute("ROLLBACK TO operation");
            session.Sql.Execute("RELEASE operation");
            session.Effects = before;
            report.OperationFailed(e);
            operation.Fail(new StorageException(e));
            return;
        }

        session.Sql.Execute("RELEASE operation");
        _done.Add(operation);
    }

    private void GiveUp(Exception exception)
    {
        var failure = new StorageException(exception);
        report.CommitFailed(exception);
        try
        {
            session.Sql.RollbackIfOpen();
            reload();
        }
        catch (SqliteException e)
        {
            report.CommitFailed(e);
        }

        foreach (var operation in _batch)
        {
            // Those that failed on their own have been told already.
            operation.Fail(failure);
        }
    }
}
