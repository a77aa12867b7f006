using Microsoft.Extensions.Options;
using NymDirectory.Relay.Forwarding;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.ExpensiveRelay;

/// <summary>The Relay's check, after a turn on the simulated core.</summary>
internal sealed class ExpensiveSenderCheck(
    SimulatedCore core, IOptions<ExpensiveCheckOptions> options, SenderKeys keys, RelayTracing tracing, RelayMetrics metrics)
    : SenderCheck(keys, tracing, metrics)
{
    private readonly TimeSpan _time = TimeSpan.FromMilliseconds(options.Value.Milliseconds);

    /// <inheritdoc/>
    public override async ValueTask<SenderVerdict> CheckAsync(MessageUnderWay message, CancellationToken cancellationToken)
    {
        await core.UseAsync(_time, cancellationToken);
        return await base.CheckAsync(message, cancellationToken);
    }
}
