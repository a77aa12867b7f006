using NymDirectory.Gateway.NymClient.Link;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.NymClient.Shortage;

namespace NymDirectory.Gateway.NymClient.Processes;

/// <summary>One nym-client process, from the moment it is there until it is gone: its output, the link to it, its end.</summary>
internal sealed class ProcessLife(
    NymClientProcess process,
    bool adopted,
    NymClientLink link,
    Arrivals arrivals,
    RestartPlan plan,
    LaneWatch lanes,
    Footprint footprint,
    RunKeeper keeper,
    NymClientStatus status,
    ProcessStop stop,
    NymClientMetrics metrics,
    TimeProvider time,
    NymClientOptions options,
    ILogger logger)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan PlannedDrain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Report = TimeSpan.FromMinutes(1);

    private readonly ProcessOutput _output = new(process, metrics, time, logger);
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether its websocket was seen open, and since when.</summary>
    public long? UpSince { get; private set; }

    /// <summary>Lives with it until it ends or the Gateway stops. It is gone when this returns, and the run is decided.</summary>
    public async Task<(ProcessEnd Cause, int? ExitCode)> RunAsync(CancellationToken stopping)
    {
        using var closing = new CancellationTokenSource();
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(stopping, closing.Token);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        footprint.ProcessIs(process.Identity);
        var reading = _output.ReadAsync(LoseStore, lanes.Missing);
        var linking = LinkAsync(leaving.Token, closing.Token);
        var planned = plan.DueAsync(closing.Token);
        var refused = adopted ? NotAcceptedAsync(closing.Token) : Task.Delay(Timeout.InfiniteTimeSpan, time, closing.Token);
        Task first = refused;
        try
        {
            // The link among them: without a stop it only ends by a fault of ours, and that must not go unseen until then.
            first = await Task.WhenAny(process.Exited, refused, AskedAsync(asked.Token), linking, planned);
            if (first == planned)
            {
                logger.RestartingAsPlanned(plan.Messages, plan.Elapsed);
                link.HandOverNoMore();
                await leaving.CancelAsync();
                await SettleAsync(stopping);
            }

            await DrainAsync(stopping);
        }
        finally
        {
            // The connection stays until it has left: cutting it first could make it abort before its flush.
            bool isAsked = !process.Exited.IsCompleted;
            long asking = time.GetTimestamp();
            await stop.RunAsync(process);
            await reading;
            footprint.ProcessIs(null);
            if (isAsked)
            {
                CountFlush(asking);
            }

            keeper.EndProcess(_output.Signs.Flushed);
            arrivals.RunIs(status.Run);
            logger.Stopped(_output.Signs.Flushed ? "kept" : "lost");
            await closing.CancelAsync();
            await EndAsync(linking);
        }

        return (first == planned ? ProcessEnd.Planned : Cause(first, refused), process.Exited.IsCompleted ? await process.Exited : null);
    }

    private ProcessEnd Cause(Task first, Task refused)
    {
        if (first == refused)
        {
            logger.NotAdoptable();
            return ProcessEnd.NotAdoptable;
        }

        return first == process.Exited ? EndRules.Classify(process.Exited.Result, _output.Signs, UpSince is not null) : ProcessEnd.Stopped;
    }

    private void LoseStore()
    {
        if (keeper.LoseStore())
        {
            logger.Warns(LogSign.StoreLost);
            arrivals.RunIs(status.Run);
        }
    }

    private async Task LinkAsync(CancellationToken stopping, CancellationToken closing)
    {
        try
        {
            await WaitForSocketAsync(closing);
            UpSince = time.GetTimestamp();
            _up.SetResult();
            await link.RunAsync(null, stopping, closing);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // It ended before its socket was open.
        }
    }

    // Its log says so; where that is quietened, or was read by an earlier Gateway, the kernel knows who listens. The port itself is not touched.
    private async Task WaitForSocketAsync(CancellationToken closing)
    {
        long since = time.GetTimestamp();
        var reported = TimeSpan.Zero;
        while (!_output.SocketOpen.IsCompleted && !Listens())
        {
            await Task.WhenAny(_output.SocketOpen, Task.Delay(Glance, time, closing));
            closing.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(since) - reported >= Report)
            {
                reported = time.GetElapsedTime(since);
                metrics.Waited("start");
                logger.StillStarting(reported);
            }
        }
    }

    private bool Listens() =>
        adopted ? ListeningSocket.Exists(options.Port) : ListeningSocket.IsHeldBy(process.Identity.Pid, options.Port);

    /// <summary>Ends when one that was left over listens, but accepts no connection of ours for too long.</summary>
    private async Task NotAcceptedAsync(CancellationToken closing)
    {
        await _up.Task.WaitAsync(closing);
        using var patience = new CancellationTokenSource(options.AdoptionPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, closing);
        try
        {
            for (var state = status.Current; !state.Ready; state = await status.WaitForChangeAsync(state.Version, either.Token))
            {
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !closing.IsCancellationRequested)
        {
            return;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, time, closing);
    }

    // Until nym-client has answered for everything, and then a while in which it sends what it holds: nothing of that survives its end. What is to leave meanwhile
    // waits in the outbox for the next one.
    private async Task SettleAsync(CancellationToken stopping)
    {
        await Task.WhenAny(link.Pumping, process.Exited, Task.Delay(PlannedDrain, time, stopping));
        await Task.WhenAny(process.Exited, Task.Delay(options.SettleTime, time, stopping));
    }

    private void CountFlush(long asking)
    {
        string outcome = FlushRules.Outcome(_output.Signs);
        if (outcome == "complete" && _output.FlushedAt is { } at)
        {
            metrics.Flushed(time.GetElapsedTime(asking, at));
            return;
        }

        metrics.NotFlushed(outcome);
        if (outcome != "none")
        {
            logger.FlushCutOff();
        }
    }

    private async Task DrainAsync(CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested && !process.Exited.IsCompleted)
        {
            await Task.WhenAny(link.Pumping, process.Exited, Task.Delay(options.DrainTime, time, CancellationToken.None));
        }
    }

    // With the process its connections end. Only when a stranger has its port can a handshake still be under way: it is left to itself.
    private async Task EndAsync(Task linking)
    {
        await Task.WhenAny(linking, Task.Delay(CloseTime, time, CancellationToken.None));
        if (linking.IsCompleted)
        {
            await linking;
        }
    }

    private static Task AskedAsync(CancellationToken asked) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, asked).ContinueWith(_ => { }, TaskScheduler.Default);
}
