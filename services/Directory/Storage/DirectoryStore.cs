using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>The database while the service runs: one writer, a few readers. Nothing outside this folder knows which database it is.</summary>
internal sealed class DirectoryStore(
    DatabaseLocation location,
    IOptions<StorageOptions> options,
    CommitReport report,
    DueClock due,
    Checkpoints checkpoints,
    TimeProvider time,
    ILogger<DirectoryStore> logger) : IHostedService, IDisposable
{
    private readonly CommitQueue _queue = new(options.Value);
    private readonly ReadConnections _readers = new(location);
    private readonly GatewayBook _gateways = new();
    private DatabaseLock? _lock;
    private Statements? _statements;
    private Thread? _commits;
    private WriteSession? _session;
    private MailboxDepth? _depth;

    /// <summary>How many messages are kept; absent for a moment after the start.</summary>
    public long? Depth => _depth?.Value;

    /// <summary>Ends when <see cref="Depth"/> is known.</summary>
    public Task DepthKnown => _depth?.Counting ?? Task.CompletedTask;

    /// <summary>How many changes wait for a commit.</summary>
    public int Queued => _queue.Count;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lock = await DatabaseStart.LockAndMigrateAsync(location, options.Value, time, cancellationToken);
        try
        {
            Open();
        }
        catch (SqliteException e)
        {
            // A schema that is up to date was only read so far: this is the first to notice that the file cannot be written, or that the disk is full.
            throw DatabaseStart.Refused(location, e);
        }

        checkpoints.Start();
        logger.Opened();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Close();
        return Task.CompletedTask;
    }

    public void Dispose() => Close();

    /// <summary>Queues a change; the task ends when it is durable.</summary>
    /// <exception cref="WriterOverloadedException">The queue is full.</exception>
    /// <exception cref="StorageException">It could not be written.</exception>
    public Task<TResult> WriteAsync<TResult>(WriteOperation<TResult> operation) =>
        _queue.TryAdd(operation) ? operation.Completion : throw new WriterOverloadedException();

    /// <summary>Reads what was committed before the call.</summary>
    public Task<T> ReadAsync<T>(Func<Statements, T> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync(read, cancellationToken);

    private void Open()
    {
        var statements = _statements = new Statements(location.OpenForWriting());
        _gateways.Replace(GatewayTable.Load(statements));
        var session = _session = new WriteSession(
            statements, _gateways, new PairHash(SettingsTable.PairKey(statements)), new MessageIds(SettingsTable.MessageIdKey(statements)), time);
        _depth = new MailboxDepth(location, report.ReadFailed);
        _commits = new CommitThread(_queue, session, OnCommitted, report).Start();
    }

    private void OnCommitted(CommitEffects effects)
    {
        _depth!.Change(effects.Depth);
        report.MessagesChanged(effects);
        due.Move(effects);
        checkpoints.Count();
    }

    private void Close()
    {
        _queue.Close();
        _commits?.Join();
        _commits = null;
        _session?.Dispose();
        _session = null;
        checkpoints.Stop();
        _depth?.Dispose();
        _readers.Dispose();

        // Last of all connections: closing it empties the write-ahead log into the database.
        _statements?.Dispose();
        _statements = null;
        _lock?.Dispose();
        _lock = null;
    }
}
