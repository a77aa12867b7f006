using Microsoft.Data.Sqlite;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on a connection of its own: done by the writer it would make some
/// commits several times as long.
/// </summary>
internal sealed class Checkpoints(DatabaseLocation location, ILogger<Checkpoints> logger) : IDisposable
{
    // A commit under load writes some tens of pages, so that the log stays at some megabytes.
    private const int CommitsBetween = 256;

    // What it may grow to, when it never gets a pause, before writers are asked to stand still for a moment.
    private const long TruncateAt = 64L * 1024 * 1024;

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly FileInfo _log = new(location.WriteAheadLog);
    private Thread? _thread;
    private volatile bool _stopping;
    private int _commits;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "checkpoints" };
        _thread.Start();
    }

    /// <summary>A commit was made. Never waits; called by the commit thread alone.</summary>
    public void Count()
    {
        if (++_commits % CommitsBetween == 0)
        {
            Wake();
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    public void Stop()
    {
        _stopping = true;
        Wake();
        _thread?.Join();
        _thread = null;
    }

    public void Dispose() => _wake.Dispose();

    private void Run()
    {
        using var statements = new Statements(location.OpenForCheckpoints());
        while (true)
        {
            _wake.Wait();
            if (_stopping)
            {
                return;
            }

            TryCheckpoint(statements);
        }
    }

    private void TryCheckpoint(Statements statements)
    {
        try
        {
            _log.Refresh();
            var isLarge = _log.Exists && _log.Length >= TruncateAt;
            statements.Scalar<long>(isLarge ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException e)
        {
            logger.CheckpointFailed(e.SqliteExtendedErrorCode);
        }
    }
}
