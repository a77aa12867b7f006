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

    /// <summary>Changes a row into itself.</summary>
    private sealed class ProbeWrite : WriteOperation<int>
    {
        protected override int Apply(WriteSession session) => session.Sql.Execute("UPDATE settings SET value = value");
    }
}
