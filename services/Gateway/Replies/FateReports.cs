using System.Threading.Channels;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Telemetry;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway.Replies;

/// <summary>Tells the Directory what became of deliveries, many at a time, again and again until it knows or the leases have ended.</summary>
internal sealed class FateReports : BackgroundService
{
    private const int MaxItems = 256;
    private const int MaxWaiting = 65_536;

    // A lease lasts 30 s; after it the row is due again, and Taken is then told at the next hand-over.
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    // Of it; the rest is for telling of those that nym-client was not given until then.
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(2);

    private readonly Channel<SettleItem> _items =
        Channel.CreateBounded<SettleItem>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly MailboxService.MailboxServiceClient _directory;
    private readonly Outbox _outbox;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<FateReports> _logger;
    private readonly CancellationTokenSource _abort = new();

    public FateReports(
        MailboxService.MailboxServiceClient directory, Outbox outbox, GatewayMetrics metrics, TimeProvider clock, ILogger<FateReports> logger) =>
        (_directory, _outbox, _metrics, _clock, _logger) = (directory, outbox, metrics, clock, logger);

    /// <summary>Fates that are still to come. At a stop they are waited for, within a bound.</summary>
    public TrackedTasks Pending { get; } = new();

    /// <summary>Queues a report. One for which there is no room is dropped and counted: the lease's end says the same, later.</summary>
    public void Add(SettleItem item)
    {
        if (!_items.Writer.TryWrite(item))
        {
            _metrics.ReportsLost(1);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(StopPatience, _clock);
        using var hard = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        using var registration = hard.Token.Register(_abort.Cancel);
        using var drained = new CancellationTokenSource(DrainPatience, _clock);
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(drained.Token, _abort.Token);
        await Pending.DrainAsync().WaitAsync(drain.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // What nym-client would take from here on could not be told any more, and would be sent again after the stop. At the return their reports are queued.
        _outbox.CloseDeliveries();
        _items.Writer.TryComplete();
        await base.StopAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not the stopping token: what is queued at a stop is told first.
        while (await _items.Reader.WaitToReadAsync(CancellationToken.None))
        {
            if (!_items.Reader.Completion.IsCompleted)
            {
                // Real time, even in tests with a clock of their own: it only trades delay for fewer calls.
                await Task.Delay(Linger, TimeProvider.System, CancellationToken.None);
            }

            await TellAsync(Collect());
        }
    }

    private SettleRequest Collect()
    {
        var request = new SettleRequest();
        while (request.Items.Count < MaxItems && _items.Reader.TryRead(out var item))
        {
            request.Items.Add(item);
        }

        return request;
    }

    private async Task TellAsync(SettleRequest request)
    {
        var start = _clock.GetTimestamp();
        while (!await TryTellAsync(request))
        {
            if (_abort.IsCancellationRequested || _clock.GetElapsedTime(start) >= WorthTelling)
            {
                _metrics.ReportsLost(request.Items.Count);
                _logger.FatesNotTold(request.Items.Count);
                return;
            }

            ForgetUnsent(request);
            if (request.Items.Count == 0)
            {
                return;
            }

            await Task.Delay(PauseAfterFailure, _clock, _abort.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // That nym-client lacks reply blocks is true for a moment only: told late it would park a mailbox whose owner has come back meanwhile.
    // The lease ends by itself, and the message is judged anew.
    private void ForgetUnsent(SettleRequest request)
    {
        var kept = request.Items.Where(item => item.Fate != Fate.Unsent).ToList();
        if (kept.Count < request.Items.Count)
        {
            _metrics.ReportsLost(request.Items.Count - kept.Count);
            request.Items.Clear();
            request.Items.AddRange(kept);
        }
    }

    private async Task<bool> TryTellAsync(SettleRequest request)
    {
        try
        {
            await ServiceCalls.InvokeAsync(options => _directory.SettleAsync(request, options), _abort.Token);
            return true;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            return false;
        }
    }
}
