using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Mixnet.Connections;
using NymDirectory.Mixnet.Sessions;

namespace NymDirectory.Mixnet;

/// <summary>
/// A connection to nym-client that is taken up again whenever it ends, with pauses that double. Each request waits for a connection, up to its token; one
/// that a dropped connection left unanswered ends as <see cref="NymAnswer.ConnectionLost"/>, and only its caller can know whether to repeat it.
/// </summary>
public sealed class NymClientConnection : IAsyncDisposable
{
    private readonly Uri _endpoint;
    private readonly NymClientConnectionOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly ReconnectPauses _pauses;
    private readonly Channel<ReceivedResponse> _received;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private volatile TaskCompletionSource<ConnectedSession?> _connected = NewPromise();
    private volatile NymClientConnectionState _state = NymClientConnectionState.Connecting;
    private long _dropped;

    private NymClientConnection(Uri endpoint, NymClientConnectionOptions options, ILogger logger, TimeProvider timeProvider)
    {
        _endpoint = endpoint;
        _options = options;
        _logger = logger;
        _timeProvider = timeProvider;
        _pauses = new ReconnectPauses(options.FirstPause, options.LongestPause, options.Jitter);
        _received = Channel.CreateBounded<ReceivedResponse>(options.ReceivedCapacity);
        _running = RunAsync();
    }

    /// <summary>Raised after each change, by the task that keeps the connection: a handler must not block.</summary>
    public event EventHandler<NymClientConnectionState>? StateChanged;

    /// <summary>What the connection is doing.</summary>
    public NymClientConnectionState State => _state;

    /// <summary>What arrived, over all connections. It completes when this is disposed of.</summary>
    public ChannelReader<ReceivedResponse> Received => _received.Reader;

    /// <summary>How many received messages found <see cref="Received"/> full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Starts to connect, and returns at once.</summary>
    /// <param name="endpoint">For example <c>ws://127.0.0.1:1977/</c>. nym-client must already listen: its port is never probed.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="logger">Takes states and failures, never content.</param>
    /// <param name="timeProvider">Measures pauses and time-outs.</param>
    public static NymClientConnection Start(Uri endpoint, NymClientConnectionOptions options, ILogger logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return new NymClientConnection(endpoint, options, logger, timeProvider);
    }

    /// <summary>nym-client's own address. Asked again on the next connection when one ends before the answer.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed of meanwhile.</exception>
    /// <exception cref="InvalidOperationException">nym-client refuses to say it.</exception>
    public async Task<NymAddress> SelfAddressAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await RequestAsync(_ => new SelfAddressRequest(), cancellationToken).ConfigureAwait(false))
            {
                case NymAnswer.Address address:
                    return address.Value;
                case NymAnswer.ConnectionLost:
                    ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
                    break;
                default:
                    throw new InvalidOperationException("nym-client does not say its own address.");
            }
        }
    }

    /// <summary>Sends without reply blocks; see <see cref="SendRequest"/>.</summary>
    public Task<NymAnswer> SendAsync(NymAddress recipient, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return RequestAsync(lane => new SendRequest(recipient, message, lane), cancellationToken);
    }

    /// <summary>Sends with reply blocks; see <see cref="SendAnonymousRequest"/>.</summary>
    public Task<NymAnswer> SendAnonymousAsync(
        NymAddress recipient,
        ReadOnlyMemory<byte> message,
        uint replySurbs,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return RequestAsync(lane => new SendAnonymousRequest(recipient, message, replySurbs, lane), cancellationToken);
    }

    /// <summary>Replies by the reply blocks of a tag; see <see cref="ReplyRequest"/>.</summary>
    public Task<NymAnswer> ReplyAsync(SenderTag senderTag, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        RequestAsync(lane => new ReplyRequest(senderTag, message, lane), cancellationToken);

    /// <summary>Closes the connection for good. What is unanswered, and what waits for a connection, ends as <see cref="NymAnswer.ConnectionLost"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_state != NymClientConnectionState.Closed)
        {
            await _closing.CancelAsync().ConfigureAwait(false);
        }

        await _running.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task<NymAnswer> RequestAsync(Func<ulong, NymRequest> request, CancellationToken cancellationToken)
    {
        while (await _connected.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } connected)
        {
            if (connected.Session.State == NymClientSessionState.Open)
            {
                return await connected.Session.RequestAsync(request(connected.Lane), cancellationToken).ConfigureAwait(false);
            }

            await connected.Left.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return new NymAnswer.ConnectionLost();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                Enter(NymClientConnectionState.Connecting);
                var failure = await ConnectOnceAsync(_closing.Token).ConfigureAwait(false);
                var pause = _pauses.Next();
                _logger.NotConnected(failure, pause);

                // The pause runs before anybody can see that it does.
                var pausing = Task.Delay(pause, _timeProvider, _closing.Token);
                Enter(NymClientConnectionState.WaitingToReconnect);
                await pausing.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Disposed of: the only way out.
        }
        finally
        {
            _connected.TrySetResult(null);
            _received.Writer.TryComplete();
            Enter(NymClientConnectionState.Closed);
        }
    }

    /// <summary>One try and, if it succeeds, the whole life of that connection. Says what ended it.</summary>
    private async Task<string> ConnectOnceAsync(CancellationToken closing)
    {
        NymClientSession session;
        try
        {
            session = await NymClientSession.ConnectAsync(_endpoint, _options.ForSession(Take), _logger, _timeProvider, closing).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception.GetType().Name;
        }

        await using (session.ConfigureAwait(false))
        {
            return (await UseAsync(session, closing).ConfigureAwait(false)).ToString();
        }
    }

    private async Task<NymClientSessionEnd> UseAsync(NymClientSession session, CancellationToken closing)
    {
        var since = _timeProvider.GetTimestamp();
        var connected = new ConnectedSession(session, RandomLane());
        _connected.TrySetResult(connected);
        Enter(NymClientConnectionState.Connected);
        try
        {
            return await session.Completion.WaitAsync(closing).ConfigureAwait(false);
        }
        finally
        {
            _connected = NewPromise();
            connected.Leave();
            if (_timeProvider.GetElapsedTime(since) >= _options.StableAfter)
            {
                _pauses.Reset();
            }
        }
    }

    private void Take(ReceivedResponse received)
    {
        if (!_received.Writer.TryWrite(received))
        {
            Interlocked.Increment(ref _dropped);
            _options.OnDropped?.Invoke(NymDropReason.QueueFull);
        }
    }

    private void Enter(NymClientConnectionState state)
    {
        _state = state;
        StateChanged?.Invoke(this, state);
    }

    private static TaskCompletionSource<ConnectedSession?> NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ulong RandomLane()
    {
        // 0 means none.
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return Math.Max(1, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
