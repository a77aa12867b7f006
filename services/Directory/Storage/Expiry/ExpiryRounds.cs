using Microsoft.Extensions.Options;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Telemetry;

namespace NymDirectory.DirectoryService.Storage.Expiry;

/// <summary>
/// Once an hour walks through what has a time to live, a short stretch at a time, reading beside the writer: only a stretch that holds
/// something too old becomes a change, which shares its commit with the traffic. There is no index by day, which each message would have
/// to pay for, and which would tell in which order they came.
/// </summary>
internal sealed class ExpiryRounds(
    DirectoryStore store, IOptions<MailboxOptions> options, DirectoryMetrics metrics, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    // Real time even in tests that move a clock of their own: traffic gets most of the disk.
    private static readonly TimeSpan BetweenStretches = TimeSpan.FromMilliseconds(10);

    private volatile int _rounds;
    private volatile bool _isWaiting;

    /// <summary>How many rounds have ended.</summary>
    public int Rounds => _rounds;

    /// <summary>Whether it waits for the next one.</summary>
    public bool IsWaiting
    {
        get => _isWaiting;
        private set => _isWaiting = value;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var next = Task.Delay(await TryRoundAsync(stoppingToken) ? BetweenRounds : AfterFailure, time, stoppingToken);
                IsWaiting = true;
                await next;
                IsWaiting = false;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; the next start begins a new round.
        }
    }

    private async Task<bool> TryRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var day = await store.WriteAsync(new LastingDay(follows: _rounds > 0));
            await EndMessagesAsync(day - options.Value.MessageDays, cancellationToken);
            var remembered = day - options.Value.MemoryDays;
            metrics.Forgotten("content", await ForgetAsync(OldContents.Look, (after, last) => new OldContents(after, last, remembered), remembered, cancellationToken));
            metrics.Forgotten("sequence", await ForgetAsync(OldSequences.Look, (after, last) => new OldSequences(after, last, remembered), remembered, cancellationToken));
            _rounds++;
            return true;
        }
        catch (Exception e) when (e is StorageException or WriterOverloadedException or Microsoft.Data.Sqlite.SqliteException)
        {
            // Full disk or full queue: both are counted and logged where they happen, and traffic comes first.
            return false;
        }
        catch (ObjectDisposedException)
        {
            // The store has stopped already.
            return false;
        }
    }

    private async Task EndMessagesAsync(int firstKept, CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var (last, tooOld) = await store.ReadAsync(sql => ExpiredMessages.Look(sql, after, firstKept), cancellationToken);
            if (last is not { } end)
            {
                return;
            }

            if (tooOld > 0)
            {
                await store.WriteAsync(new ExpiredMessages(after, end, firstKept));
            }

            after = end;
            await Task.Delay(BetweenStretches, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<int> ForgetAsync(
        Func<Statements, byte[], int, (byte[]? Last, long TooOld)> look,
        Func<byte[], byte[], Commits.WriteOperation<int>> forget,
        int firstKept,
        CancellationToken cancellationToken)
    {
        var forgotten = 0;
        for (byte[] after = []; ;)
        {
            var from = after;
            var (last, tooOld) = await store.ReadAsync(sql => look(sql, from, firstKept), cancellationToken);
            if (last is null)
            {
                return forgotten;
            }

            forgotten += tooOld > 0 ? await store.WriteAsync(forget(from, last)) : 0;
            after = last;
            await Task.Delay(BetweenStretches, TimeProvider.System, cancellationToken);
        }
    }
}
