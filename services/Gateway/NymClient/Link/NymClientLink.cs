using System.ComponentModel;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Mixnet;

namespace NymDirectory.Gateway.NymClient.Link;

/// <summary>
/// Keeps a websocket to nym-client: connects, asks for the address, hands replies over, and takes a dropped connection up again. Each try to connect is
/// seen through, because one that is broken off makes nym-client abort.
/// </summary>
internal sealed class NymClientLink(
    NymClientStatus status,
    Arrivals arrivals,
    ReplyPump pump,
    LaneWatch lanes,
    Heartbeat heartbeat,
    AddressFile addressFile,
    NymClientMetrics metrics,
    TimeProvider time,
    IOptions<NymClientOptions> options,
    IOptions<QueueOptions> queues,
    ILogger<NymClientLink> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMinutes(1);

    // As long as the longest start: nym-client may be busy, or stopped in a debugger, and cutting a handshake off costs every SURB.
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromMinutes(75);

    private volatile TaskCompletionSource? _pumping;

    /// <summary>Ends when no reply is on its way: after stopping was asked for, the last one has its fate then.</summary>
    public Task Pumping => _pumping?.Task ?? Task.CompletedTask;

    /// <summary>Nothing more is handed over on this connection once <c>stopping</c> is asked for; what is queued waits for the next one.</summary>
    public void HandOverNoMore() => pump.Pause();

    /// <summary>
    /// <paramref name="stopping"/>: hand over what is queued, connect no more, keep the connection. <paramref name="closing"/>: close it, too.
    /// <paramref name="check"/> finds out the run where nobody can know it otherwise.
    /// </summary>
    public async Task RunAsync(StoreCheck? check, CancellationToken stopping, CancellationToken closing)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, closing);
        var backOff = new BackOff(FirstPause, LongestPause, Random.Shared.NextDouble);
        while (!either.IsCancellationRequested)
        {
            bool worked = await ConnectOnceAsync(check, stopping, closing) is var why && why is null;
            if (worked)
            {
                backOff.Reset();
            }

            var pause = backOff.Next();
            logger.Disconnected(why ?? "ended", pause);
            await Task.Delay(pause, time, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>One connection, from its handshake to its end. Null when it was of use, otherwise why it was not.</summary>
    private async Task<string?> ConnectOnceAsync(StoreCheck? check, CancellationToken stopping, CancellationToken closing)
    {
        arrivals.RunIs(check is null ? status.Run : null);
        NymClientSession session;
        try
        {
            session = await NymClientSession.ConnectAsync(Endpoint(), SessionOptions(), logger, time, closing);
        }
        catch (Exception failure) when (failure is WebSocketException or TimeoutException or HttpRequestException or OperationCanceledException)
        {
            metrics.Connected("failed");
            return failure.GetType().Name;
        }

        await using (session)
        {
            bool ready = await UseAsync(session, check, stopping, closing);
            metrics.Connected(ready ? "ready" : "no-answer");
            return ready ? null : "no answer";
        }
    }

    private async Task<bool> UseAsync(NymClientSession session, StoreCheck? check, CancellationToken stopping, CancellationToken closing)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(closing);
        var work = WorkAsync(session, check, stopping, over.Token);
        await Task.WhenAny(session.Completion, work, Ending(over.Token));
        status.SetNotReady();
        await over.CancelAsync();

        // Closed before the work is awaited: what nym-client does not answer any more ends with the connection.
        await session.DisposeAsync();
        try
        {
            return await work;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            logger.FileFailed(failure.GetType().Name);
            return false;
        }
    }

    private async Task<bool> WorkAsync(NymClientSession session, StoreCheck? check, CancellationToken stopping, CancellationToken over)
    {
        var pumping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool ready = false;
        try
        {
            if (await session.RequestAsync(new SelfAddressRequest(), over) is not NymAnswer.Address { Value: var self })
            {
                return false;
            }

            await DecideRunAsync(session, check, self, over);

            // In this order: who sees that it is ready may post a reply and stop the Gateway, and that reply is still handed over.
            _pumping = pumping;
            status.SetReady(self);
            logger.Ready();
            ready = true;
            await Task.WhenAll(
                PumpAsync(session, pumping, stopping, over), lanes.RunAsync(session, over), WatchAsync(over), heartbeat.RunAsync(session, self, check is not null, over));
        }
        catch (OperationCanceledException)
        {
            // The connection ended, or is to be closed.
        }
        finally
        {
            lanes.Lose();
            pumping.TrySetResult();
        }

        return ready;
    }

    private async Task PumpAsync(NymClientSession session, TaskCompletionSource pumping, CancellationToken stopping, CancellationToken over)
    {
        await pump.RunAsync(session, stopping, over);
        await lanes.SettleAsync(session, over);
        pumping.SetResult();
    }

    private async Task DecideRunAsync(NymClientSession session, StoreCheck? check, NymAddress self, CancellationToken over)
    {
        addressFile.Keep(self);
        if (check is not null)
        {
            await check.DecideAsync(session, over);
            arrivals.RunIs(status.Run);
        }
    }

    // Silence with answers outstanding is load, not death: it is said and counted, and nothing else.
    private async Task WatchAsync(CancellationToken over)
    {
        for (int answers = pump.Answers, minutes = 0; ; answers = pump.Answers)
        {
            await Task.Delay(WatchInterval, time, over);
            minutes = pump.Unanswered > 0 && pump.Answers == answers ? minutes + 1 : 0;
            if (minutes > 0)
            {
                metrics.Waited("silence");
                logger.Silent(minutes * WatchInterval, pump.Unanswered);
            }
        }
    }

    private Uri Endpoint() => new UriBuilder("ws", options.Value.Host, options.Value.Port).Uri;

    private NymClientSessionOptions SessionOptions() => new()
    {
        OnReceived = arrivals.Take,
        OnDropped = metrics.FrameDropped,
        MaxUnanswered = queues.Value.Unanswered,
        HandshakeTimeout = HandshakePatience,
    };

    private static Task Ending(CancellationToken token) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ContinueWith(_ => { }, TaskScheduler.Default);
}
