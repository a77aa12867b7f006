using Microsoft.Data.Sqlite;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on a connection of its own: done by the writer it would make some
/// commits several times as long. Once a minute it also empties the log: what was deleted is overwritten in the database at once, but
/// the log would keep a copy of it until it is used that far again, which on a quiet node takes days.
/// </summary>
internal sealed class Checkpoints(DatabaseLocation location, TimeProvider time, ILogger<Checkpoints> logger) : IDisposable
{
    // A commit under load writes some tens of pages, so that the log stays at some megabytes.
    private const int CommitsBetween = 256;

    // What it may grow to, when it never gets a pause, before writers are asked to stand still for a moment. It is then written anew from its start and not
    // made shorter: the blocks would have to be found again, which cost a tenth of the commits.
    private const int RestartAtPages = 64 * 1024 / 4;

    private static readonly TimeSpan LongestInLog = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly FileInfo _log = new(location.WriteAheadLog);
    private Thread? _thread;
    private ITimer? _minute;
    private volatile bool _stopping;
    private volatile bool _isTimeToEmpty;
    private int _commits;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "checkpoints" };
        _thread.Start();
        _minute = time.CreateTimer(_ => AskToEmpty(), null, LongestInLog, LongestInLog);
    }

    /// <summary>A commit was made. Never waits; called by the commit thread alone.</summary>
    public void Count()
    {
        if (++_commits % CommitsBetween == 0)
        {
            Wake();
        }
    }

    private void AskToEmpty()
    {
        _isTimeToEmpty = true;
        Wake();
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Awake already: the commit thread and the timer may come at once. Or a last tick of the timer after the stop.
        }
    }

    public void Stop()
    {
        _minute?.Dispose();
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

    private bool IsSomethingInLog()
    {
        _log.Refresh();
        return _log is { Exists: true, Length: > 0 };
    }

    private void TryCheckpoint(Statements statements)
    {
        try
        {
            // Copies without keeping the writer waiting; what is left to do while it waits is then little.
            var pages = statements.First("PRAGMA wal_checkpoint(PASSIVE)", row => row.GetInt32(1));
            if (_isTimeToEmpty)
            {
                // A reader in the way: the next turn tries again.
                _isTimeToEmpty = IsSomethingInLog() && statements.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            }
            else if (pages > RestartAtPages)
            {
                statements.Scalar<long>("PRAGMA wal_checkpoint(RESTART)");
            }
        }
        catch (SqliteException e)
        {
            logger.CheckpointFailed(e.SqliteExtendedErrorCode);
        }
    }
}
