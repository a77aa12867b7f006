using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Storage.Commits;
using Route = NymDirectory.Contracts.V1.Route;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>Writes deliveries as the contract has them.</summary>
internal static class Deliveries
{
    public static Delivery ToContract(
        WriteSession session, MailboxState mailbox, SixteenBytes lease, ReturnRoute route, in LeasedMessage message) => new()
        {
            DeliveryId = (ulong)message.Id,
            LeaseId = ByteString.CopyFrom(lease.ToArray()),
            Route = new Route
            {
                GatewayId = route.Gateway.Value,
                RunId = ByteString.CopyFrom(route.Run.Value.ToArray()),
                SealedTag = ByteString.CopyFrom(route.Tag.Value.ToArray()),
            },
            GatewayEndpoint = session.Gateways.Find(route.Gateway)?.Endpoint ?? string.Empty,
            RecipientContent = message.Content,
            MessageId = mailbox.Acknowledges
                ? UnsafeByteOperations.UnsafeWrap(session.MessageIds.Of(message.ContentHash).ToArray())
                : ByteString.Empty,
            Sequence = (ulong)message.Sequence,
            Round = (uint)message.Round,
        };
}
