using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Telemetry;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Receiving;

/// <summary>
/// Decides about messages, one after the other: who sent it, is it new, does it open. Strangers wait here for their look-up while everybody else goes on.
/// </summary>
internal sealed class Inbox(
    Identity identity, ContactBook contacts, StrangerLookUps lookUps, Opening opening, DropRecorder drops, ILogger logger)
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

    /// <summary>Waits, after <see cref="RunAsync"/> and the token's end, for look-ups that were under way.</summary>
    public async Task LookUpsEndedAsync() => await Task.WhenAll(_lookUps.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The caller's contact store can fail; one message is lost by it and not all that follow.</summary>
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
            await opening.OpenAsync(message, contact.PublicKey, viaDirect: true, cancellationToken);
        }
    }

    private async Task AcceptFromNodeAsync(NodeEnvelope envelope, CancellationToken cancellationToken)
    {
        if (!MessageContent.TryRead(envelope, out var message))
        {
            drops.Record(DropReason.MessageForm);
        }
        else if (!_strangers.Holds(message.Sender) && await contacts.FindAsync(message.Sender, cancellationToken) is { } contact)
        {
            await opening.OpenAsync(message, contact.PublicKey, viaDirect: false, cancellationToken);
        }
        else if (!_strangers.TryHold(message, out var isFirst))
        {
            drops.Record(DropReason.LookUp);
        }
        else if (isFirst)
        {
            _lookUps[message.Sender] = IdentifyAsync(message.Sender, cancellationToken);
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
        foreach (var message in _strangers.Release(sender))
        {
            if (outcome?.Account is { } account)
            {
                await opening.OpenFromStrangerAsync(message, account, cancellationToken);
            }
            else
            {
                drops.Record(outcome is null ? DropReason.LookUp : DropReason.UnknownSender);
            }
        }
    }
}
