using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Client.Contacts;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Direct;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Telemetry;
using NymDirectory.Mixnet;
using NymDirectory.Signatures;

namespace NymDirectory.Client.Receiving;

/// <summary>Opens messages whose sender's key is known, and passes on what holds: signature first, then novelty, then decryption.</summary>
internal sealed class Opening(
    Identity identity, ContactBook contacts, DirectDelivery direct, ChannelWriter<IncomingMessage> received, DropRecorder drops, ILogger logger)
{
    private readonly SeenMessages _seen = new();

    /// <summary>A message of a contact. Another key than the pinned one is reported and not taken.</summary>
    public async Task OpenAsync(MessageContent message, P256PublicKey pinned, bool viaDirect, CancellationToken cancellationToken)
    {
        if (Conflicts(message, pinned))
        {
            ReportConflict(message, viaDirect);
        }

        if (TryOpen(message, pinned, out var type, out var text))
        {
            await PassOnAsync(message, type, text, viaDirect, cancellationToken);
        }
    }

    /// <summary>A message of somebody the node knows and we did not. They become a contact if it holds.</summary>
    public async Task OpenFromStrangerAsync(MessageContent message, Account account, CancellationToken cancellationToken)
    {
        if (Conflicts(message, account.PublicKey))
        {
            ReportConflict(message, viaDirect: false);
            drops.Record(DropReason.SenderKey);
        }
        else if (TryOpen(message, account.PublicKey, out var type, out var text))
        {
            var contact = await contacts.AddAsync(account, cancellationToken);
            if (contact.PublicKey.Equals(account.PublicKey))
            {
                await PassOnAsync(message, type, text, viaDirect: false, cancellationToken);
            }
            else
            {
                ReportConflict(message, viaDirect: false);
                drops.Record(DropReason.SenderKey);
            }
        }
    }

    private static bool Conflicts(MessageContent message, P256PublicKey known) =>
        message.ClaimedKey is { } claimed && !(P256PublicKey.TryParsePem(claimed, out var key) && key.Equals(known));

    private void ReportConflict(MessageContent message, bool viaDirect)
    {
        ClientLog.KeyConflict(logger);
        Deliver(new IncomingMessage(message.Sender, "", MessageKind.KeyConflict, viaDirect));
    }

    private bool TryOpen(MessageContent message, P256PublicKey sender, out MessageType type, out string text)
    {
        (type, text) = (default, "");
        DropReason? failure = null;
        if (!message.Body.IsSignedBy(sender))
        {
            failure = DropReason.PayloadSignature;
        }
        else if (_seen.Contains(message.Body.Id(message.Sender)))
        {
            failure = DropReason.Duplicate;
        }
        else if (!message.Body.TryOpen(identity.Key, out type, out var opened))
        {
            failure = DropReason.Payload;
        }
        else
        {
            text = opened;
        }

        if (failure is { } reason)
        {
            drops.Record(reason);
        }

        return failure is null;
    }

    private async Task PassOnAsync(
        MessageContent message, MessageType type, string text, bool viaDirect, CancellationToken cancellationToken)
    {
        if (type == MessageType.Chat)
        {
            Deliver(new IncomingMessage(message.Sender, text, MessageKind.Text, viaDirect));
        }
        else if (NymAddress.TryParse(text, out var address))
        {
            await contacts.UpdateAsync(message.Sender, contact => contact with { DirectAddress = address }, cancellationToken);
            Deliver(new IncomingMessage(message.Sender, "", MessageKind.Handshake, viaDirect));
        }
        else
        {
            drops.Record(DropReason.HandshakeAddress);
        }

        _seen.Add(message.Body.Id(message.Sender));
        if (viaDirect)
        {
            await direct.ConfirmAsync(message.Sender, cancellationToken);
        }
    }

    /// <summary>Never waits: a caller that does not read must not stop the answers to its own requests.</summary>
    private void Deliver(IncomingMessage message)
    {
        if (!received.TryWrite(message))
        {
            drops.Record(DropReason.ReceiveFull);
        }
    }
}
