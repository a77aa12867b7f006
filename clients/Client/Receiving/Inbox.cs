using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Receipts;
using NymDirectory.Client.Telemetry;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Receiving;

/// <summary>
/// Decides about messages, one after the other: was it here before, is it its turn, who sent it, does it open. Strangers wait here for their look-up while everybody else
/// goes on.
/// </summary>
internal sealed class Inbox(
    Identity identity,
    ContactBook contacts,
    Arrivals arrivals,
    SenderOrders orders,
    StrangerLookUps lookUps,
    Opening opening,
    DropRecorder drops,
    ILogger logger) : IDisposable
{
    private const int Capacity = 256;

    private readonly Channel<Func<CancellationToken, Task>> _work = Channel.CreateBounded<Func<CancellationToken, Task>>(Capacity);
    private readonly Strangers _strangers = new();
    private readonly Dictionary<string, Task> _lookUps = new(StringComparer.Ordinal);

    /// <summary>Takes a message in; waits while there is more than can be decided about.</summary>
    public ValueTask PostAsync(NodeEnvelope envelope, bool viaDirect, CancellationToken cancellationToken) => _work.Writer.WriteAsync(
        token => viaDirect ? AcceptDirectAsync(envelope, token) : AcceptFromNodeAsync(envelope, token), cancellationToken);

    /// <summary>Nothing more comes in.</summary>
    public void Complete() => _work.Writer.TryComplete();

    /// <summary>Runs until <see cref="Complete"/> and the last message.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var work in _work.Reader.ReadAllAsync(cancellationToken))
        {
            await RunOneAsync(work, cancellationToken);
        }
    }

    /// <summary>Lets messages go on that were held back for long enough, until cancelled.</summary>
    public async Task RunClockAsync(CancellationToken cancellationToken)
    {
        await foreach (var sender in orders.Due.ReadAllAsync(cancellationToken))
        {
            await _work.Writer.WriteAsync(token => PassOnAsync(orders.TakeDue(sender), token), cancellationToken);
        }
    }

    /// <summary>Waits, after <see cref="RunAsync"/> and the token's end, for look-ups that were under way.</summary>
    public async Task LookUpsEndedAsync() => await Task.WhenAll(_lookUps.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Dispose() => orders.Dispose();

    /// <summary>The caller's stores can fail; one message is lost by it, if the node does not send it again, and not all that follow.</summary>
    private async Task RunOneAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ClientLog.MessageFailed(logger, e.GetType().Name);
        }
    }

    private async Task AcceptDirectAsync(NodeEnvelope envelope, CancellationToken cancellationToken)
    {
        if (!MessageContent.TryRead(envelope, out var message))
        {
            drops.Record(DropReason.MessageForm);
        }
        else if (await contacts.FindAsync(message.Sender, cancellationToken) is not { } contact
            || !new SignatureVerifier(contact.PublicKey).Verify(envelope.ContentBytes.Span, envelope.Signature))
        {
            drops.Record(DropReason.DirectSignature);
        }
        else if (message.Recipient != identity.Username)
        {
            drops.Record(DropReason.Recipient);
        }
        else
        {
            var incoming = new Incoming(message, new Handover(delivery: null), ViaDirect: true);
            await arrivals.GuardAsync(incoming, () => opening.OpenAsync(incoming, contact.PublicKey, cancellationToken));
        }
    }

    private async Task AcceptFromNodeAsync(NodeEnvelope envelope, CancellationToken cancellationToken)
    {
        if (await arrivals.TakeAsync(envelope, cancellationToken) is { } incoming)
        {
            var turn = await arrivals.GuardAsync(incoming, () => orders.TakeAsync(incoming, cancellationToken));
            await PassOnAsync(turn, cancellationToken);
        }
    }

    private async Task PassOnAsync(IReadOnlyList<Incoming> turn, CancellationToken cancellationToken)
    {
        foreach (var incoming in turn)
        {
            await RunOneAsync(token => arrivals.GuardAsync(incoming, () => PassOnAsync(incoming, token)), cancellationToken);
        }
    }

    private async Task PassOnAsync(Incoming incoming, CancellationToken cancellationToken)
    {
        var sender = incoming.Message.Sender;
        if (!_strangers.Holds(sender) && await contacts.FindAsync(sender, cancellationToken) is { } contact)
        {
            await opening.OpenAsync(incoming, contact.PublicKey, cancellationToken);
        }
        else if (!_strangers.TryHold(incoming, out var isFirst))
        {
            await arrivals.AbandonAsync(incoming, DropReason.LookUp);
        }
        else if (isFirst)
        {
            _lookUps[sender] = IdentifyAsync(sender, cancellationToken);
        }
    }

    private async Task IdentifyAsync(string sender, CancellationToken cancellationToken)
    {
        var outcome = await lookUps.FindAsync(sender, cancellationToken);
        await _work.Writer.WriteAsync(token => ReleaseAsync(sender, outcome, token), cancellationToken);
    }

    private async Task ReleaseAsync(string sender, LookUpOutcome? outcome, CancellationToken cancellationToken)
    {
        _lookUps.Remove(sender);
        foreach (var incoming in _strangers.Release(sender))
        {
            await RunOneAsync(token => arrivals.GuardAsync(incoming, () => ReleaseAsync(incoming, outcome, token)), cancellationToken);
        }
    }

    private async Task ReleaseAsync(Incoming incoming, LookUpOutcome? outcome, CancellationToken cancellationToken)
    {
        if (outcome is null)
        {
            await arrivals.AbandonAsync(incoming, DropReason.LookUp);
        }
        else if (outcome.Account is { } account)
        {
            await opening.OpenFromStrangerAsync(incoming, account, cancellationToken);
        }
        else
        {
            arrivals.Refuse(incoming.Handover, DropReason.UnknownSender);
        }
    }
}
