using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Direct;
using NymDirectory.Client.Receipts;
using NymDirectory.Client.Receiving;
using NymDirectory.Client.Requests;
using NymDirectory.Client.Sending;
using NymDirectory.Client.Telemetry;
using NymDirectory.Client.Transport;

namespace NymDirectory.Client;

/// <summary>
/// One nymCHAT user at one node. Any number of calls may run at once; requests of one kind go one after the other, since the protocol's answers
/// carry no ids. The transport, the identity and the stores are the caller's: disposing this ends none of them.
/// </summary>
public sealed class NymChatClient : IAsyncDisposable
{
    private readonly Identity _identity;
    private readonly IMixnetTransport _transport;
    private readonly NymChatClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<IncomingMessage> _received;
    private readonly AnswerLanes _lanes;
    private readonly ContactBook _contacts;
    private readonly DirectWindows _windows;
    private readonly DirectDelivery _direct;
    private readonly NodeTrust _trust;
    private readonly LookUps _lookUps;
    private readonly Claims _claims;
    private readonly Outbox _outbox;
    private readonly Inbox _inbox;
    private readonly Intake _intake;
    private readonly Settlements _settlements;
    private readonly Acknowledgements _acknowledgements;
    private Task _running = Task.CompletedTask;
    private Task _settling = Task.CompletedTask;
    private Task _acknowledging = Task.CompletedTask;
    private int _disposed;

    private NymChatClient(
        Identity identity, IMixnetTransport transport, IContactStore contacts, NymChatClientOptions options, INodeKeyStore? nodeKeys,
        IReceiptStore receipts, TimeProvider time, ILogger logger)
    {
        (_identity, _transport, _options, _time, _logger) = (identity, transport, options, time, logger);
        _received = Channel.CreateBounded<IncomingMessage>(options.ReceiveCapacity);
        _contacts = new ContactBook(contacts);
        _lanes = new AnswerLanes(time, staleMemory: 4 * options.AnswerTimeout);
        _windows = new DirectWindows(time, options.DirectSilence);
        var drops = new DropRecorder(Counters, logger);
        var surbs = new SurbBudget(options, time);
        var link = new NodeLink(transport, options, surbs, Counters, drops, time, logger);
        _trust = new NodeTrust(nodeKeys, options.NodeKey, _lanes, link, logger);
        _lookUps = new LookUps(_lanes.LookUp, link, _trust);
        _claims = new Claims(identity, options.Acknowledge, _lanes, link, _trust, _lookUps, surbs, drops);
        var sends = new NodeSends(_lanes.Send, link, _trust);
        _direct = new DirectDelivery(transport, sends, _contacts, _windows, drops, Counters, options.AnswerTimeout, time, logger);
        _outbox = new Outbox(identity, _contacts, _lookUps, sends, _direct, options);
        var book = new ReceiptBook(receipts);
        _acknowledgements = new Acknowledgements(link, options.AcknowledgeDelay, Counters, time);
        _settlements = new Settlements(book, _acknowledgements, time, logger);
        Received = new HandedOverReader(_received.Reader, _settlements, options.Handover);
        var arrivals = new Arrivals(book, _settlements, drops);
        var orders = new SenderOrders(identity.Username, book, options.OrderPatience, time);
        var opening = new Opening(identity, _contacts, arrivals, _direct, _received.Writer, drops, logger);
        _inbox = new Inbox(identity, _contacts, arrivals, orders, new StrangerLookUps(_lookUps, time), opening, drops, logger);
        _intake = new Intake(transport, _trust, _lanes, surbs, _inbox, drops);
    }

    /// <summary>
    /// What arrived. Ends when the transport ends or this is disposed; what the node waits to have acknowledged cannot be read after that, since it comes again.
    /// </summary>
    public ChannelReader<IncomingMessage> Received { get; }

    /// <summary>What this client counted.</summary>
    public ClientCounters Counters { get; } = new();

    /// <summary>Starts receiving. Nothing is sent yet.</summary>
    /// <param name="identity">Who we are; the key stays the caller's.</param>
    /// <param name="transport">The mixnet; nobody else may receive from it meanwhile.</param>
    /// <param name="contacts">Where contacts are kept.</param>
    /// <param name="options">Which node, and how to talk to it.</param>
    /// <param name="nodeKeys">Where the node's key is pinned at first contact; needed unless the options give the key.</param>
    /// <param name="time">Clocks and timers; the system's by default.</param>
    /// <param name="logger">Where to log; nothing that identifies anybody is logged.</param>
    /// <param name="receipts">Where to remember what was handed over; by default in memory, so that a restart can show a message again.</param>
    /// <param name="cancellationToken">Ends the loading of the node's key.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is out of its range.</exception>
    public static async Task<NymChatClient> StartAsync(
        Identity identity,
        IMixnetTransport transport,
        IContactStore contacts,
        NymChatClientOptions options,
        INodeKeyStore? nodeKeys = null,
        TimeProvider? time = null,
        ILogger<NymChatClient>? logger = null,
        IReceiptStore? receipts = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(contacts);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.NodeKey is null && nodeKeys is null)
        {
            throw new ArgumentException("The node's key must be given, or a store to pin it in.", nameof(nodeKeys));
        }

        ILogger log = logger is null ? NullLogger.Instance : logger;
        var client = new NymChatClient(identity, transport, contacts, options, nodeKeys, receipts ?? new InMemoryReceiptStore(), time ?? TimeProvider.System, log);
        await client._trust.LoadAsync(cancellationToken);
        client._running = client.RunAsync();
        client._settling = client._settlements.RunAsync(client._stopping.Token);
        client._acknowledging = client._acknowledgements.RunAsync();
        return client;
    }

    /// <summary>Registers the identity's name with its key. Messages come here from then on.</summary>
    /// <exception cref="NodeSilentException">No answer came.</exception>
    /// <exception cref="IOException">The mixnet connection has ended.</exception>
    public Task<ClaimOutcome> RegisterAsync(CancellationToken cancellationToken = default) => _claims.RegisterAsync(cancellationToken);

    /// <summary>Logs in: what waits at the node, and all that is sent later, comes here. To be repeated after nym-client was started anew.</summary>
    /// <exception cref="NodeSilentException">No answer came.</exception>
    /// <exception cref="IOException">The mixnet connection has ended.</exception>
    public Task<ClaimOutcome> LogInAsync(CancellationToken cancellationToken = default) => _claims.LogInAsync(cancellationToken);

    /// <summary>Asks the node for an account. Does not make a contact of it.</summary>
    /// <exception cref="NodeSilentException">No answer came.</exception>
    /// <exception cref="IOException">The mixnet connection has ended.</exception>
    public Task<LookUpOutcome> LookUpAsync(string username, CancellationToken cancellationToken = default) =>
        _lookUps.FindAsync(username, cancellationToken);

    /// <summary>Sends a chat message: straight to the contact if they handed over an address, through the node otherwise. Looks up whom we do not know.</summary>
    /// <exception cref="NodeSilentException">No answer came; the node may have accepted it all the same.</exception>
    /// <exception cref="IOException">The mixnet connection has ended.</exception>
    public Task<SendOutcome> SendAsync(string recipient, string text, CancellationToken cancellationToken = default) =>
        _outbox.SendAsync(recipient, MessageType.Chat, text, cancellationToken);

    /// <summary>Hands our nym address to somebody, through the node and end-to-end encrypted, so that they can write straight to it. They can do so for ever.</summary>
    /// <exception cref="NodeSilentException">No answer came; the node may have accepted it all the same.</exception>
    /// <exception cref="IOException">The mixnet connection has ended.</exception>
    /// <exception cref="TimeoutException">nym-client does not say its address.</exception>
    public async Task<SendOutcome> SendHandshakeAsync(string recipient, CancellationToken cancellationToken = default)
    {
        var address = await _transport.SelfAddressAsync(cancellationToken).AsTask().WaitAsync(_options.AnswerTimeout, _time, cancellationToken);
        return await _outbox.SendAsync(recipient, MessageType.Handshake, address.ToBase58(), cancellationToken);
    }

    /// <summary>
    /// Says that a received message was taken, where <see cref="NymChatClientOptions.Handover"/> leaves that to the caller, and waits until this is remembered: from then on it
    /// is not handed over again. It is acknowledged to the node soon after.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The client was disposed before it could be remembered; the message comes again.</exception>
    public async Task ConfirmAsync(IncomingMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Handover is { } handover)
        {
            ObjectDisposedException.ThrowIf(!_settlements.Post(handover), this);
            await handover.Remembered.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops receiving. Requests under way end with an <see cref="IOException"/>; what was sent directly and not confirmed stays so. Remembers and acknowledges what was handed over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running;
        _settlements.Complete();
        await _settling;
        _acknowledgements.Complete();
        await _acknowledging;
        _inbox.Dispose();
        _windows.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The parts live and die together: when receiving ends, so do the others.</summary>
    private async Task RunAsync()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var inbox = _inbox.RunAsync(ended.Token);
        var direct = _direct.RunAsync(ended.Token);
        var clock = _inbox.RunClockAsync(ended.Token);
        await ReceiveAsync();
        _lanes.Close();
        _inbox.Complete();
        await inbox.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.CancelAsync();
        await _inbox.LookUpsEndedAsync();
        await direct.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await clock.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _received.Writer.TryComplete();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await _intake.RunAsync(_stopping.Token);
            ClientLog.TransportEnded(_logger);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception e)
        {
            ClientLog.ReceivingFailed(_logger, e.GetType().Name);
        }
    }
}
