using NymDirectory.DirectoryService.Telemetry;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>What is read when metrics are collected; each costs one step into an index at most.</summary>
internal sealed class MailboxGauges(DirectoryStore store, TimeProvider time, DirectoryMetrics metrics) : IHostedService
{
    private const string OldestDay = "SELECT accepted_day FROM messages ORDER BY id LIMIT 1";
    private const string LongestDue = "SELECT MIN(due_at) FROM mailboxes WHERE due_at IS NOT NULL";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.ObserveMailboxes(() => store.Depth, Age, DueLag);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private double Age()
    {
        var today = Now / 86_400_000;
        return (today - (Read(OldestDay) ?? today)) * 86_400.0;
    }

    private double DueLag() => Math.Max(0, Now - (Read(LongestDue) ?? Now)) / 1000.0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long? Read(string query)
    {
        // Collectors ask without await; a read takes microseconds, and what cannot be had now is left out.
        var read = store.ReadAsync(sql => sql.Scalar<long?>(query), CancellationToken.None);
        return read.Wait(Patience) ? read.Result : null;
    }
}
