using System.Security.Cryptography;
using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Relay.Forwarding;

/// <summary>Has checked messages accepted by the Directory.</summary>
internal sealed class MailboxDoor(DirectoryCalls directory)
{
    private const int HashBytes = 16;

    /// <summary>Asks the Directory, in one call, to take messages whose signatures fit their keys; notes what it says with each.</summary>
    public async Task AcceptAsync(IReadOnlyList<MessageUnderWay> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var outcomes = await directory.AcceptAsync(messages.Select(ToItem), cancellationToken);
        for (var i = 0; i < messages.Count; i++)
        {
            messages[i].Acceptance = outcomes[i];
        }
    }

    private static AcceptItem ToItem(MessageUnderWay message) => new()
    {
        // The caller's request id, not one of ours: a repeated call gets the same lease back.
        Context = new ItemContext { RequestId = message.Item.Context.RequestId, Traceparent = ItemTrace.Traceparent(message.Span) },
        Sender = message.Signed!.Content.Sender,
        SenderKeyId = message.Key!.Id,
        Recipient = message.Signed.Content.Recipient,
        ContentHash = HashOf(message.Item.Content.Span),
        RecipientContent = message.Signed.RecipientContent,
        Arrival = message.Item.Arrival,
        Introduces = !message.Signed.Content.SenderPublicKeyText.IsEmpty,
    };

    private static ByteString HashOf(ReadOnlySpan<byte> signed)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signed, digest);
        return ByteString.CopyFrom(digest[..HashBytes]);
    }
}
