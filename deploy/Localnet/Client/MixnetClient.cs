using System.Net;
using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Client.Identity;
using NymDirectory.Localnet.Client.WebSocket;
using NymDirectory.Localnet.CommandLine;
using NymDirectory.Localnet.Hub;
using NymDirectory.Localnet.Logging;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.ReplyBlocks;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Client;

/// <summary>One run of a client, from the first look at its files to the flush.</summary>
internal sealed class MixnetClient(
    ClientFolder folder, ClientConfiguration configuration, HubEndpoint hub, ILoggerFactory logs, TimeProvider time)
{
    // As long as nym-client waits for its gateway.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(70);

    private readonly ILogger _log = logs.CreateLogger(Modules.Client);
    private readonly TaskCompletionSource<IPEndPoint> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the websocket listens, once it does.</summary>
    public Task<IPEndPoint> Ready => _ready.Task;

    /// <summary>Runs until interrupted, then flushes. <paramref name="abort"/> ends the process without a flush.</summary>
    public async Task RunAsync(Action<string> abort, CancellationToken interrupted)
    {
        var address = ClientAddress.Read(folder);
        var conditions = new MixnetConditions(time, configuration.NoPacing, configuration.Fast);
        var link = new HubLink(hub, folder.Id, address, conditions, logs.CreateLogger(Modules.Gateway), time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var linked = link.RunAsync(ended.Token);
        try
        {
            await Task.WhenAny(linked, link.Connected.WaitAsync(LongestStart, time, interrupted)).Unwrap();
            await ServeAsync(address, link, linked, conditions, abort, ended);
        }
        catch (TimeoutException)
        {
            throw new UserErrorException($"There was no Localnet hub at {hub} for {LongestStart.TotalMinutes} minutes; start one with 'hub'");
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // Interrupted while it waited for the hub: there is nothing to flush.
        }
        finally
        {
            await ended.CancelAsync();
            await linked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(
        NymAddress address, HubLink link, Task linked, MixnetConditions conditions, Action<string> abort, CancellationTokenSource ended)
    {
        // The port comes before the store: a start that fails on it must not burn what the store holds.
        var listenerLog = logs.CreateLogger(Modules.WebSocketListener);
        using var listener = await WebSocketListener.OpenAsync(configuration.Host, configuration.Port, listenerLog, abort);
        var store = new ReplyStore(folder.Data, configuration.ReplyBlocks, logs.CreateLogger(Modules.ReplyStorage), time);
        var lanes = new LaneBuffers(time);
        using var output = new OutputQueue(link, conditions, lanes, time);
        var (keys, tags) = (new ReplyKeys(), new SenderTags());
        var replies = new ReplyDispatcher(address, store.Settings, output.Take, logs.CreateLogger(Modules.Replies), time);
        var inbox = new Inbox(address, replies, keys, tags, output.Take, logs.CreateLogger(Modules.Received));
        var handler = new RequestHandler(address, replies, keys, tags, output, lanes, conditions, logs.CreateLogger(Modules.WebSocketHandler));
        store.Open(replies, keys);
        ListenerLog.Running(listenerLog, listener.Endpoint);
        ClientLog.Started(_log);
        ClientLog.Address(_log, new PlainAddress(address));
        _ready.SetResult(listener.Endpoint);
        await UntilOneEndsAsync(
            ended,
            linked,
            output.RunAsync(ended.Token),
            inbox.RunAsync(link.Deliveries, conditions, ended.Token),
            InspectAsync(replies, lanes, conditions, ended.Token),
            listener.RunAsync(handler, inbox.Messages, ended.Token));
        ClientLog.Stopping(_log);
        await store.FlushAsync(replies, keys, conditions.FlushRow);
        ClientLog.Stopped(_log);
    }

    // They live and die together. One that fails is a bug: its exception ends the process, without a flush.
    private static async Task UntilOneEndsAsync(CancellationTokenSource ended, params Task[] tasks)
    {
        await Task.WhenAny(tasks);
        await ended.CancelAsync();
        foreach (var task in tasks)
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                // This is how all of them end.
            }
        }
    }

    private async Task InspectAsync(ReplyDispatcher replies, LaneBuffers lanes, MixnetConditions conditions, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ReplyDispatcher.InspectionInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await conditions.WhileSilentAsync(cancellationToken);
            replies.Inspect();
            lanes.CloseIdle();
        }
    }
}
