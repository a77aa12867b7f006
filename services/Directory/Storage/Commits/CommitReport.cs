using Microsoft.Data.Sqlite;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Telemetry;

namespace NymDirectory.DirectoryService.Storage.Commits;

/// <summary>Tells how commits go: to operators, to metrics, and to whoever asks whether the service is ready.</summary>
internal sealed class CommitReport(DirectoryMetrics metrics, ILogger<CommitThread> logger)
{
    private volatile bool _failing;

    /// <summary>Whether the last commit failed.</summary>
    public bool IsFailing => _failing;

    public void Succeeded(long started, List<WriteOperation> operations)
    {
        metrics.Committed(System.Diagnostics.Stopwatch.GetElapsedTime(started), operations.Sum(operation => operation.Weight));
        if (_failing)
        {
            _failing = false;
            logger.WritesAgain();
        }
    }

    /// <summary>What a durable commit did to mailboxes.</summary>
    public void MessagesChanged(in CommitEffects effects)
    {
        if (effects.Accepted > 0)
        {
            metrics.MessagesAccepted(effects.Accepted);
        }

        for (var end = 0; end < MessageEnds.Length; end++)
        {
            if (effects.Ends[end] is > 0 and var count)
            {
                metrics.MessagesEnded((MessageEnd)end, count);
            }
        }
    }

    public void CommitFailed(Exception exception)
    {
        _failing = true;
        metrics.StorageFailed(Reason(exception));
        logger.CommitFailed(Words(exception), exception.GetType().Name, ErrorCode(exception), exception.StackTrace);
    }

    public void OperationFailed(Exception exception)
    {
        metrics.StorageFailed("operation");
        logger.OperationFailed(exception.GetType().Name, ErrorCode(exception), exception.StackTrace);
    }

    public void ReadFailed(SqliteException exception)
    {
        metrics.StorageFailed("read");
        logger.ReadFailed(exception.SqliteExtendedErrorCode);
    }

    private static int ErrorCode(Exception exception) => (exception as SqliteException)?.SqliteExtendedErrorCode ?? 0;

    /// <summary>What an operator can do something about; of other exceptions the text may hold anything.</summary>
    private static string Words(Exception exception) => exception is SqliteException ? SqliteFailures.Describe(exception) : "a fault";

    private static string Reason(Exception exception) => exception is SqliteException e ? $"sqlite-{e.SqliteErrorCode}" : "fault";
}
