using Microsoft.Extensions.Diagnostics.HealthChecks;
using NymDirectory.DirectoryService.Storage.Commits;

namespace NymDirectory.DirectoryService.Storage;

/// <summary>Ready while changes can be written. After a failure each question is also a try, so that it heals without traffic.</summary>
internal sealed class StorageHealthCheck(DirectoryStore store, CommitReport report) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!report.IsFailing)
        {
            return HealthCheckResult.Healthy();
        }

        try
        {
            await store.WriteAsync(new ProbeWrite()).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is StorageException or WriterOverloadedException or ObjectDisposedException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }

    /// <summary>Needs some pages for a moment, so that it fails when messages would.</summary>
    private sealed class ProbeWrite : WriteOperation<int>
    {
        protected override int Apply(WriteSession session) =>
            session.Sql.Execute("INSERT INTO settings (name, value) VALUES ('probe', ZEROBLOB(16384))")
            + session.Sql.Execute("DELETE FROM settings WHERE name = 'probe'");
    }
}
