using Microsoft.Extensions.Diagnostics.HealthChecks;
using NymDirectory.Gateway.NymClient;

namespace NymDirectory.Gateway.Attachment;

/// <summary>Ready: nym-client answered, and the Directory knows this Gateway.</summary>
internal sealed class ReadinessCheck(NymClientStatus nymClient, AttachmentState attachment) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((nymClient.Ready, attachment.HoldsLease) switch
        {
            (false, _) => HealthCheckResult.Unhealthy("nym-client has not answered"),
            (_, false) => HealthCheckResult.Unhealthy("not attached to the Directory"),
            _ => HealthCheckResult.Healthy(),
        });
}
