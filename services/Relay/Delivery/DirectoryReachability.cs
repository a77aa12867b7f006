using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NymDirectory.Relay.Delivery;

/// <summary>
/// Ready means that the Directory answers. That is known without asking anew: the question for due deliveries is always open, and ends
/// at once when the connection does.
/// </summary>
internal sealed class DirectoryReachability : IHealthCheck
{
    private volatile bool _answers;

    /// <summary>Whether the Directory answered the last time it was asked for due deliveries.</summary>
    public bool Answers => _answers;

    /// <summary>It answered; true if it did not before.</summary>
    public bool Answered() => !Interlocked.Exchange(ref _answers, true);

    /// <summary>It did not.</summary>
    public void Failed() => _answers = false;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Answers ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the Directory does not answer"));
}
