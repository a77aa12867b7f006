using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using NymDirectory.Mixnet.Sessions;

namespace NymDirectory.Mixnet;

/// <summary>
/// One websocket connection to nym-client, from its handshake to its end. One task reads and never waits for the one that writes: while nym-client pushes
/// a message it takes no request, so an application that waits to write before it reads on would stand still with it for ever.
/// </summary>
public sealed class NymClientSession : IAsyncDisposable
{
    private readonly WebSocket _socket;
    private readonly CoalescingStream _stream;
    private readonly NymClientSessionOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly UnansweredRequests _requests;
    private readonly Task _writing;
    private int _state = (int)NymClientSessionState.Open;
    private volatile bool _disposed;
    private NymClientSessionEnd? _writerSaw;

    private NymClientSession(WebSocket socket, CoalescingStream stream, NymClientSessionOptions options, ILogger logger, TimeProvider timeProvider)
    {
        _socket = socket;
        _stream = stream;
        _options = options;
        _logger = logger;
        _timeProvider = timeProvider;
        _requests = new UnansweredRequests(options.MaxUnanswered);
        _writing = WriteAsync();
        Completion = RunAsync();
    }

    /// <summary>Ends when both tasks of the session have ended, and says why. Never faults. At that time every request has its answer.</summary>
    public Task<NymClientSessionEnd> Completion { get; }

    /// <summary>Where the session is in its life.</summary>
    public NymClientSessionState State => (NymClientSessionState)Volatile.Read(ref _state);

    /// <summary>How many requests hold one of the <see cref="NymClientSessionOptions.MaxUnanswered"/> places.</summary>
    public int Unanswered => _requests.Count;

    /// <summary>
    /// Connects. Once begun, the handshake is seen through (within its own time-out) even when <paramref name="cancellationToken"/> fires, because
    /// nym-client aborts when a connection ends without one; then the connection is closed again, properly.
    /// </summary>
    /// <exception cref="WebSocketException">Nobody listens, or nym-client closed the connection, as it does while it has another.</exception>
    /// <exception cref="TimeoutException">The handshake did not end in time.</exception>
    public static async Task<NymClientSession> ConnectAsync(
        Uri endpoint,
        NymClientSessionOptions options,
        ILogger logger,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        cancellationToken.ThrowIfCancellationRequested();
        var (socket, stream) = await NymClientHandshake.OpenAsync(endpoint, options.HandshakeTimeout, timeProvider).ConfigureAwait(false);
        var session = new NymClientSession(socket, stream, options, logger, timeProvider);
        logger.Connected();
        if (cancellationToken.IsCancellationRequested)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return session;
    }

    /// <summary>
    /// Makes a request that nym-client answers: one with a connection id (not 0, which the binary form cannot say), <see cref="SelfAddressRequest"/> or
    /// <see cref="LaneQueueLengthRequest"/>. Requests are written in the order of these calls. Cancelled before it was written it never is; cancelled later,
    /// its answer is awaited, and dropped, by the session.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing would answer the request, or its message is longer than the cap.</exception>
    public async Task<NymAnswer> RequestAsync(NymRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckRequest(request);
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingRequest(request);
        _requests.Add(pending);
        using (cancellationToken.UnsafeRegister((_, token) => _requests.Withdraw(pending, token), null))
        {
            return await pending.Answer.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The same, not to be cancelled, for whoever makes very many and never blocks: what awaits it goes on within the reader, as far as it goes without
    /// waiting, and the reader stands still meanwhile.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing would answer the request, or its message is longer than the cap.</exception>
    public Task<NymAnswer> RequestInlineAsync(NymRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckRequest(request);
        var pending = new PendingRequest(request, inline: true);
        _requests.Add(pending);
        return pending.Answer;
    }

    /// <summary>
    /// Closes the connection. nym-client does not answer a Close frame, it ends TCP when it is through with what it has queued: that is awaited, and read,
    /// up to the close time-out; then the connection is cut.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        EnterClosing();
        _requests.Stop();
        using var bound = new CancellationTokenSource(_options.CloseTimeout, _timeProvider);
        try
        {
            await _writing.WaitAsync(bound.Token).ConfigureAwait(false);
            await SendCloseAsync(bound.Token).ConfigureAwait(false);
            await Completion.WaitAsync(bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // In vain; the reader learns of the cut below.
        }

        _socket.Abort();
        await Completion.ConfigureAwait(false);
    }

    private void EnterClosing() =>
        Interlocked.CompareExchange(ref _state, (int)NymClientSessionState.Closing, (int)NymClientSessionState.Open);

    private void CheckRequest(NymRequest request)
    {
        var (answered, length) = request switch
        {
            SendRequest send => (send.ConnectionId is > 0, send.Message.Length),
            SendAnonymousRequest send => (send.ConnectionId is > 0, send.Message.Length),
            ReplyRequest reply => (reply.ConnectionId is > 0, reply.Message.Length),
            SelfAddressRequest or LaneQueueLengthRequest => (true, 0),
            _ => (false, 0),
        };
        if (!answered)
        {
            throw new ArgumentException("Nothing answers a request without a connection id.", nameof(request));
        }

        if (length > _options.MaxMessageBytes)
        {
            throw new ArgumentException($"The message is longer than {_options.MaxMessageBytes} bytes.", nameof(request));
        }
    }

    private async Task<NymClientSessionEnd> RunAsync()
    {
        // The reader ends last: a writer that fails cuts the socket, and so ends it.
        var end = await ReadAsync().ConfigureAwait(false);
        end = _disposed ? NymClientSessionEnd.Disposed : Cause(_writerSaw, end);

        // Before the answers, so that nobody who learns of the end from one finds the session open.
        EnterClosing();
        _requests.End();
        _socket.Abort();
        await _writing.ConfigureAwait(false);
        _socket.Dispose();
        Volatile.Write(ref _state, (int)NymClientSessionState.Closed);
        _logger.Ended(end);
        return end;
    }

    private async Task<NymClientSessionEnd> ReadAsync()
    {
        // What is buffered is read at once: the constructor must have returned by then.
        await Task.Yield();
        try
        {
            await new ResponseReader(_socket, _requests, _options).RunAsync().ConfigureAwait(false);
            await AnswerCloseAsync().ConfigureAwait(false);
            return NymClientSessionEnd.ClosedByPeer;
        }
        catch (Exception exception)
        {
            return Explain(exception);
        }
    }

    private async Task WriteAsync()
    {
        await Task.Yield();
        try
        {
            await new RequestWriter(_socket, _stream, _requests).RunAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Without a writer the session is over: the reader, cut off, ends it.
            _writerSaw = Explain(exception);
            _socket.Abort();
        }
    }

    private async Task AnswerCloseAsync()
    {
        _requests.Stop();
        using var bound = new CancellationTokenSource(_options.CloseTimeout, _timeProvider);
        try
        {
            await _writing.WaitAsync(bound.Token).ConfigureAwait(false);
            await SendCloseAsync(bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The peer does not read; it said that it is going.
        }
    }

    private async Task SendCloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or InvalidOperationException)
        {
            // The connection is gone, or our Close frame is already out.
        }
    }

    // When the one notices that the peer is gone it aborts the socket under the other, who then sees a fault.
    internal static NymClientSessionEnd Cause(NymClientSessionEnd? writerSaw, NymClientSessionEnd readerSaw) =>
        readerSaw == NymClientSessionEnd.ClosedByPeer ? readerSaw : writerSaw ?? readerSaw;

    // Who writes while the other side drops is told by the socket, who reads by the websocket; which of the two comes first is chance.
    private static bool IsDrop(Exception exception) =>
        exception is WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely }
            or SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown }
        || (exception.InnerException is { } inner && IsDrop(inner));

    private NymClientSessionEnd Explain(Exception exception)
    {
        if (IsDrop(exception))
        {
            return NymClientSessionEnd.ClosedByPeer;
        }

        // The other task, or the owner, cut the socket: whoever did has said why.
        if (exception is not OperationCanceledException)
        {
            _logger.Failed(exception.GetType().Name);
        }

        return NymClientSessionEnd.Faulted;
    }
}
