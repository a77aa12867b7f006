namespace NymDirectory.Relay.Delivery;

/// <summary>
/// At a stop, sends what is held before the process ends. Registered before <see cref="DueLoop"/> and the server, and so stopped after
/// them: nothing new comes in while it drains. What the host's time-out cuts off is due again when its lease ends.
/// </summary>
internal sealed class DeliveryDrain(GatewayLanes lanes, DeliveryLedger ledger, ILogger<DeliveryDrain> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (ledger.Held is > 0 and var held)
        {
            logger.Draining(held);
        }

        await lanes.DrainAsync(cancellationToken);
    }
}
