using Microsoft.Data.Sqlite;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// How many messages are kept. They are counted once, beside the traffic: with a million mailboxes that takes as long as the whole rest of a
/// start. Exact nevertheless: what is counted is how things were before the first commit, and commits tell what they change.
/// </summary>
internal sealed class MailboxDepth : IDisposable
{
    private const int PerStretch = 10_000;

    private const string Pin = "SELECT COUNT(*) FROM gateways";

    private const string Stretch = """
        SELECT MAX(account_id), SUM(message_count) FROM
            (SELECT account_id, message_count FROM mailboxes WHERE account_id > $1 ORDER BY account_id LIMIT $2)
        """;

    private readonly Statements _snapshot;
    private readonly Action<SqliteException> _failed;
    private readonly Task _counting;
    private volatile bool _stopping;
    private volatile bool _isKnown;
    private long _sum;

    /// <summary>Begins to count. No commit may be made before it returns.</summary>
    public MailboxDepth(DatabaseLocation location, Action<SqliteException> failed)
    {
        _failed = failed;
        _snapshot = new Statements(location.OpenForReading());

        // A transaction sees the database as it is at its first read.
        _snapshot.Execute("BEGIN");
        _snapshot.Scalar<long>(Pin);
        _counting = Task.Factory.StartNew(TryCount, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Ends when all are counted.</summary>
    public Task Counting => _counting;

    /// <summary>Absent until all are counted.</summary>
    public long? Value => _isKnown ? Interlocked.Read(ref _sum) : null;

    /// <summary>What a commit changed.</summary>
    public void Change(int by) => Interlocked.Add(ref _sum, by);

    public void Dispose()
    {
        _stopping = true;
        _counting.Wait();
    }

    private void TryCount()
    {
        try
        {
            Count();
            _isKnown = !_stopping;
        }
        catch (SqliteException e)
        {
            _failed(e);
        }
        finally
        {
            _snapshot.Dispose();
        }
    }

    private void Count()
    {
        for (long? after = 0; after is { } from && !_stopping;)
        {
            (after, var sum) = _snapshot.First(Stretch, row => (row.IsDBNull(0) ? (long?)null : row.GetInt64(0), row.GetInt64(1)), from, PerStretch);
            Interlocked.Add(ref _sum, sum);
        }
    }
}
