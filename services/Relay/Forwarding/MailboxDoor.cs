using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Telemetry;
using NymDirectory.Relay.Delivery;
using NymDirectory.Relay.Keys;

namespace NymDirectory.Relay.Forwarding;

/// <summary>Has checked messages accepted by the Directory, and passes on what it may deliver at once.</summary>
internal sealed class MailboxDoor(DirectoryCalls directory, DeliveryDesk deliveries)
{
    private const int HashBytes = 16;

    /// <summary>Asks the Directory to take a message whose signature fits <paramref name="key"/>.</summary>
    public async Task<AcceptOutcome> AcceptAsync(SignedMessage message, SenderKey key, Activity? span, CancellationToken cancellationToken)
    {
        var outcome = await directory.AcceptAsync(ToItem(message, key, span), cancellationToken);
        if (outcome.OutcomeCase == AcceptOutcome.OutcomeOneofCase.Leased)
        {
            deliveries.TakeAccepted(outcome.Leased, span?.Context);
        }

        return outcome;
    }

    private static AcceptItem ToItem(SignedMessage message, SenderKey key, Activity? span) => new()
    {
        // The caller's request id, not one of ours: a repeated call gets the same lease back.
        Context = new ItemContext { RequestId = message.Item.Context.RequestId, Traceparent = ItemTrace.Traceparent(span) },
        Sender = message.Content.Sender,
        SenderKeyId = key.Id,
        Recipient = message.Content.Recipient,
        ContentHash = HashOf(message.Item.Content.Span),
        RecipientContent = message.RecipientContent,
        Arrival = message.Item.Arrival,
        Introduces = !message.Content.SenderPublicKeyText.IsEmpty,
    };

    private static ByteString HashOf(ReadOnlySpan<byte> signed)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(signed, digest);
        return ByteString.CopyFrom(digest[..HashBytes]);
    }
}
