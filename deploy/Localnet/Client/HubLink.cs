using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Faults;
using NymDirectory.Localnet.Hub;
using NymDirectory.Localnet.Packets;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Client;

/// <summary>
/// The connection to the hub, taken up again whenever it ends. Messages wait while there is none; what was on its way when it ended is
/// lost.
/// </summary>
internal sealed class HubLink(
    HubEndpoint hub, string id, NymAddress address, MixnetConditions conditions, ILogger log, TimeProvider time) : IHubLink
{
    private const int UnwrittenFrames = 64;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>(new() { SingleReader = true });
    private readonly Lock _gate = new();
    private TaskCompletionSource<FrameStream> _connected = New();

    /// <summary>What arrives.</summary>
    public ChannelReader<Delivery> Deliveries => _deliveries.Reader;

    /// <summary>Done when the hub has been reached.</summary>
    public Task Connected
    {
        get
        {
            lock (_gate)
            {
                return _connected.Task;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<FrameStream> connected;
            lock (_gate)
            {
                connected = _connected.Task;
            }

            var frames = connected.IsCompletedSuccessfully ? connected.Result : await connected.WaitAsync(cancellationToken);
            try
            {
                await frames.WriteAsync(FrameKind.Send, SendFrame.Head(message), message.Payload, cancellationToken);
                return;
            }
            catch (ChannelClosedException)
            {
                Disconnected(connected);
            }
        }
    }

    /// <summary>Keeps the connection until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            var joined = await ConnectAsync(cancellationToken);
            pause = joined ? FirstPause : pause;
            if (joined)
            {
                HubLinkLog.Lost(log, hub);
            }
            else
            {
                HubLinkLog.Waiting(log, hub);
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private static TaskCompletionSource<FrameStream> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One connection from its beginning to its end; false: it never began.
    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(hub.Host, hub.Port, cancellationToken);
        }
        catch (SocketException)
        {
            return false;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var frames = new FrameStream(client.GetStream(), UnwrittenFrames);
        var writer = frames.RunWriterAsync(ended.Token);
        try
        {
            frames.TryWrite(FrameKind.Join, address.Bytes.ToArray(), Encoding.UTF8.GetBytes(id));
            return await ListenAsync(frames, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ListenAsync(FrameStream frames, CancellationToken cancellationToken)
    {
        var joined = false;
        try
        {
            while (await frames.ReadAsync(cancellationToken) is { } frame)
            {
                if (frame.Kind == FrameKind.Deliver && frame.Body.Length > 0)
                {
                    _deliveries.Writer.TryWrite(new Delivery(frame.Body.AsMemory(1), frame.Body[0] != 0));
                }
                else if (frame.Kind == FrameKind.Behave)
                {
                    Behave(BehaviourJson.Read(frame.Body));
                    joined = joined || Joined(frames);
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            // The hub went away, or is something else: the caller tries again.
        }

        return joined;
    }

    private void Behave(ClientBehaviour behaviour)
    {
        conditions.Apply(behaviour);
        if (behaviour.Silence is { } silence)
        {
            HubLinkLog.Silent(log, silence);
        }
    }

    private bool Joined(FrameStream frames)
    {
        HubLinkLog.Joined(log, hub);
        lock (_gate)
        {
            if (_connected.Task.IsCompleted)
            {
                _connected = New();
            }

            _connected.SetResult(frames);
        }

        return true;
    }

    private void Disconnected(Task<FrameStream> connection)
    {
        lock (_gate)
        {
            if (_connected.Task == connection)
            {
                _connected = New();
            }
        }
    }
}
