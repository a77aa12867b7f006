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
    Identity identity,
    ContactBook contacts,
    Arrivals arrivals,
    DirectDelivery direct,
    ChannelWriter<IncomingMessage> received,
    DropRecorder drops,
    ILogger logger)
{
    /// <summary>A message of a contact. Another key than the pinned one is reported and not taken.</summary>
    public async Task OpenAsync(Incoming incoming, P256PublicKey pinned, CancellationToken cancellationToken)
    {
        if (Conflicts(incoming.Message, pinned))
        {
            ReportConflict(incoming);
        }

        if (await OpenSealAsync(incoming, pinned, cancellationToken) is { } opened)
        {
            await PassOnAsync(incoming, opened, cancellationToken);
        }
    }

    /// <summary>A message of somebody the node knows and we did not. They become a contact if it holds.</summary>
    public async Task OpenFromStrangerAsync(Incoming incoming, Account account, CancellationToken cancellationToken)
    {
        if (Conflicts(incoming.Message, account.PublicKey))
        {
            RefuseConflict(incoming);
        }
        else if (await OpenSealAsync(incoming, account.PublicKey, cancellationToken) is { } opened)
        {
            var contact = await contacts.AddAsync(account, cancellationToken);
            if (contact.PublicKey.Equals(account.PublicKey))
            {
                await PassOnAsync(incoming, opened, cancellationToken);
            }
            else
            {
                RefuseConflict(incoming);
            }
        }
    }

    private static bool Conflicts(MessageContent message, P256PublicKey known) =>
        message.ClaimedKey is { } claimed && !(P256PublicKey.TryParsePem(claimed, out var key) && key.Equals(known));

    private void RefuseConflict(Incoming incoming)
    {
        ReportConflict(incoming);
        arrivals.Refuse(incoming.Handover, DropReason.SenderKey);
    }

    /// <summary>A warning beside the message: nothing is acknowledged by it.</summary>
    private void ReportConflict(Incoming incoming)
    {
        ClientLog.KeyConflict(logger);
        if (!received.TryWrite(new IncomingMessage(incoming.Message.Sender, "", MessageKind.KeyConflict, incoming.ViaDirect)))
        {
            drops.Record(DropReason.ReceiveFull);
        }
    }

    private async Task<Opened?> OpenSealAsync(Incoming incoming, P256PublicKey sender, CancellationToken cancellationToken)
    {
        var (message, handover) = (incoming.Message, incoming.Handover);
        if (!message.Body.IsSignedBy(sender))
        {
            arrivals.Refuse(handover, DropReason.PayloadSignature);
        }
        else if (await arrivals.IsNewAsync(handover, message.Body.Id(message.Sender), cancellationToken))
        {
            if (message.Body.TryOpen(identity.Key, out var type, out var text))
            {
                return new Opened(type, text);
            }

            arrivals.Refuse(handover, DropReason.Payload);
        }

        return null;
    }

    private async Task PassOnAsync(Incoming incoming, Opened opened, CancellationToken cancellationToken)
    {
        var (sender, viaDirect) = (incoming.Message.Sender, incoming.ViaDirect);
        if (opened.Type == MessageType.Chat)
        {
            await DeliverAsync(incoming, new IncomingMessage(sender, opened.Text, MessageKind.Text, viaDirect));
        }
        else if (NymAddress.TryParse(opened.Text, out var address))
        {
            await contacts.UpdateAsync(sender, contact => contact with { DirectAddress = address }, cancellationToken);
            await DeliverAsync(incoming, new IncomingMessage(sender, "", MessageKind.Handshake, viaDirect));
        }
        else
        {
            arrivals.Refuse(incoming.Handover, DropReason.HandshakeAddress);
        }

        if (viaDirect)
        {
            await direct.ConfirmAsync(sender, cancellationToken);
        }
    }

    /// <summary>Never waits: a caller that does not read must not stop the answers to its own requests.</summary>
    private async Task DeliverAsync(Incoming incoming, IncomingMessage message)
    {
        var handover = incoming.Handover;
        handover.PassedOn = true;
        if (!received.TryWrite(message with { Handover = handover, Id = incoming.Message.Body.Id(incoming.Message.Sender) }))
        {
            handover.PassedOn = false;
            await arrivals.AbandonAsync(incoming, DropReason.ReceiveFull);
        }
    }

    private sealed record Opened(MessageType Type, string Text);
}
