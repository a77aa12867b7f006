using NymDirectory.Gateway.Attachment;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Gateway.Telemetry;

namespace NymDirectory.Gateway.Dispatch;

/// <summary>Takes what nym-client received and sees every message to its answer. No message can end it.</summary>
internal sealed class Dispatcher : BackgroundService
{
    private const int MaxUnderWay = 256;

    // One tag must not hold up the others, whatever it sends.
    private const int MaxOfOneTag = MaxUnderWay / 4;

    // Three services share the host's time to stop. With the others there this is over in milliseconds.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly Intake _intake;
    private readonly AttachmentState _attachment;
    private readonly RequestHandler _handler;
    private readonly DelayedSends _delayed;
    private readonly WaitingSends _waiting;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<Dispatcher> _logger;
    private readonly TagLanes _lanes;
    private readonly CancellationTokenSource _abort = new();

    public Dispatcher(
        Intake intake,
        AttachmentState attachment,
        RequestHandler handler,
        DelayedSends delayed,
        WaitingSends waiting,
        GatewayMetrics metrics,
        TimeProvider clock,
        ILogger<Dispatcher> logger)
    {
        (_intake, _attachment, _handler, _delayed, _waiting) = (intake, attachment, handler, delayed, waiting);
        (_metrics, _clock, _logger) = (metrics, clock, logger);
        _lanes = new TagLanes(MaxUnderWay, MaxOfOneTag, WorkFailed);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _intake.Close();
        using var bound = new CancellationTokenSource(StopPatience, _clock);
        using var hard = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        using var registration = hard.Token.Register(Abort);
        await base.StopAsync(CancellationToken.None);
        // Here and not where they are taken: stopped in the moment of its start, that part never runs.
        Drop(DropReason.Stopping, _intake.Depth);
        await Task.WhenAll(_lanes.DrainAsync(), _delayed.StopAsync());
        await _waiting.StopAsync();
        await _handler.FollowUps.DrainAsync();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _abort.Dispose();
        _lanes.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in _intake.ReadAllAsync(_abort.Token))
        {
            if (!await TakeAsync(message, stoppingToken))
            {
                return;
            }
        }
    }

    /// <summary>Hands one message to its lane. False when the Gateway stops and it was too late for it.</summary>
    private async Task<bool> TakeAsync(InboundMessage message, CancellationToken stoppingToken)
    {
        try
        {
            // Routes of a Gateway that the Directory does not know lead nowhere: until it does, the rest waits in the intake.
            await _attachment.WaitUntilAttachedAsync(stoppingToken);
            if (message.Tag is not { } tag)
            {
                Drop(DropReason.NoSenderTag);
            }
            else if (!await _lanes.AddAsync(tag, message.Message.Length, () => _handler.HandleAsync(tag, message, _abort.Token), _abort.Token))
            {
                Drop(DropReason.TagFlood);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            Drop(DropReason.Stopping);
            return false;
        }
    }

    private void Abort()
    {
        _logger.StoppedUnfinished(_lanes.Running + _handler.FollowUps.Count);
        _abort.Cancel();
        _waiting.DropAll();
    }

    private void WorkFailed(Exception e)
    {
        if (e is OperationCanceledException && _abort.IsCancellationRequested)
        {
            Drop(DropReason.Stopping);
            return;
        }

        _logger.HandlingFailed(e.GetType().Name, e.StackTrace);
    }

    private void Drop(DropReason reason, int count = 1)
    {
        if (count > 0)
        {
            _metrics.MessageDropped(reason, count);
        }
    }
}
