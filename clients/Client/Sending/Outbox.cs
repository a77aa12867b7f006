using NymDirectory.Client.Contacts;
using NymDirectory.Client.Cryptography;
using NymDirectory.Client.Direct;
using NymDirectory.Client.Protocol;
using NymDirectory.Client.Requests;

namespace NymDirectory.Client.Sending;

/// <summary>Makes messages and chooses their way: who is it for, seal and sign, then straight or through the node.</summary>
internal sealed class Outbox(
    Identity identity, ContactBook contacts, LookUps lookUps, NodeSends node, DirectDelivery direct, NymChatClientOptions options)
{
    /// <summary>Sends one message.</summary>
    /// <exception cref="NodeSilentException">No answer came; it may have been accepted all the same.</exception>
    public async Task<SendOutcome> SendAsync(string recipient, MessageType type, string text, CancellationToken cancellationToken)
    {
        var (contact, refusal) = await FindAsync(recipient, cancellationToken);
        if (contact is null)
        {
            return new SendOutcome(ViaDirect: false, refusal);
        }

        var message = Seal(contact, type, text);
        if (message.Size > options.MaxContentBytes)
        {
            return new SendOutcome(ViaDirect: false, new NodeRefusal(RefusalReason.MessageTooLarge, "the sealed message is larger than a node takes"));
        }

        // A handshake goes through the node like a first message: an address that does not work any more must be replaceable.
        return type == MessageType.Chat && await direct.TrySendAsync(contact, message, cancellationToken)
            ? new SendOutcome(ViaDirect: true)
            : await SendByNodeAsync(contact, message, cancellationToken);
    }

    private async Task<(Contact? Contact, NodeRefusal? Refusal)> FindAsync(string recipient, CancellationToken cancellationToken)
    {
        if (await contacts.FindAsync(recipient, cancellationToken) is { } known)
        {
            return (known, null);
        }

        var found = await lookUps.FindAsync(recipient, cancellationToken);
        return found.Account is { } account
            ? (await contacts.AddAsync(account, cancellationToken), null)
            : (null, found.Refusal ?? new NodeRefusal(RefusalReason.RecipientNotFound, AnswerNames.NobodyFound));
    }

    private SignedContent Seal(Contact contact, MessageType type, string text)
    {
        using var material = SealingMaterial.Fresh();
        var body = SealedBody.Seal(identity.Key, contact.PublicKey, type, text, material);
        return SignedContent.Create(identity, contact.Username, body, withKey: !contact.FirstMessageSent);
    }

    private async Task<SendOutcome> SendByNodeAsync(Contact contact, SignedContent message, CancellationToken cancellationToken)
    {
        var refusal = await node.SendAsync(message, cancellationToken);
        if (refusal is null)
        {
            await contacts.UpdateAsync(contact.Username, known => known with { FirstMessageSent = true }, cancellationToken);
        }

        return new SendOutcome(ViaDirect: false, refusal);
    }
}
