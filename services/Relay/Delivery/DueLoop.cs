using Grpc.Core;
using Microsoft.Extensions.Options;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay.Delivery;

/// <summary>
/// Asks the Directory for what is due, again and again: messages whose lease ended somewhere, whose recipient came back, whose gateway
/// is in a new run. Asks only for what can be held.
/// </summary>
internal sealed class DueLoop(
    DirectoryCalls directory,
    DeliveryDesk desk,
    DeliveryLedger ledger,
    DirectoryReachability reachability,
    RelayMetrics metrics,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<DueLoop> logger) : BackgroundService
{
    // A Directory that answers "nothing" at once, as one that stops does, must not be asked in a tight loop.
    private static readonly TimeSpan LeastTurn = TimeSpan.FromMilliseconds(100);

    // They may all be for one gateway.
    private readonly int _atOnce = Math.Min(options.Value.LeaseAtOnce, options.Value.MaxInFlightPerGateway);
    private readonly LeaseBackOff _backOff = new(Random.Shared);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await TurnAsync(stoppingToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException && stoppingToken.IsCancellationRequested)
        {
            // The end of the service; what the Directory may have leased in this moment is due again when the lease ends.
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        var room = await ledger.WaitForRoomAsync(stoppingToken);
        try
        {
            await AskAsync(Math.Min(room, _atOnce), stoppingToken);
            _backOff.Reset();
        }
        catch (RpcException e) when (!stoppingToken.IsCancellationRequested)
        {
            reachability.Failed();
            metrics.LeaseFailed(e.StatusCode);
            var pause = _backOff.Next();
            logger.LeaseFailed(e.StatusCode, pause);
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task AskAsync(int atMost, CancellationToken stoppingToken)
    {
        // The first question is not held: its answer says that the Directory is there.
        var wait = reachability.Answers ? options.Value.LeaseWait : TimeSpan.Zero;
        var start = time.GetTimestamp();
        var due = await directory.LeaseDueAsync(atMost, wait, stoppingToken);
        if (reachability.Answered())
        {
            logger.DirectoryAnswers();
        }

        desk.TakeDue(due);
        if (due.Deliveries.Count == 0 && time.GetElapsedTime(start) < LeastTurn)
        {
            await Task.Delay(LeastTurn, time, stoppingToken);
        }
    }
}
