using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using Route = NymDirectory.Contracts.V1.Route;

namespace NymDirectory.DirectoryService.Mailboxes;

/// <summary>Writes deliveries as the contract has them.</summary>
internal static class Deliveries
{
    public static Delivery ToContract(GatewayBook gateways, long id, SixteenBytes lease, ReturnRoute route, ByteString content) => new()
    {
        DeliveryId = (ulong)id,
        LeaseId = ByteString.CopyFrom(lease.ToArray()),
        Route = new Route
        {
            GatewayId = route.Gateway.Value,
            RunId = ByteString.CopyFrom(route.Run.Value.ToArray()),
            SealedTag = ByteString.CopyFrom(route.Tag.Value.ToArray()),
        },
        GatewayEndpoint = gateways.Find(route.Gateway)?.Endpoint ?? string.Empty,
        RecipientContent = content,
    };
}
