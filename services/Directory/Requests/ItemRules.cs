using Google.Protobuf;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.Hosting.Errors;
using Route = NymDirectory.Contracts.V1.Route;

namespace NymDirectory.DirectoryService.Requests;

/// <summary>What every item has to keep to. Callers are services of this node: what breaks a rule is a fault, not a client's input.</summary>
internal static class ItemRules
{
    /// <summary>Most lists; fates and deliveries come in longer ones.</summary>
    public const int MostItems = 32;

    public static void CheckCount(int count, int most = MostItems) => Check(count >= 1 && count <= most);

    public static SixteenBytes RequestId(ItemContext? context) => Sixteen(context?.RequestId);

    public static SixteenBytes Sixteen(ByteString? bytes) =>
        bytes is not null && SixteenBytes.TryRead(bytes.Span, out var value) ? value : throw ServiceFailure.BrokenContract();

    public static GatewayId Gateway(string id) =>
        GatewayId.TryParse(id, out var gateway) ? gateway : throw ServiceFailure.BrokenContract();

    public static ReturnRoute Route(Route? route) => route is null
        ? throw ServiceFailure.BrokenContract()
        : new ReturnRoute(Gateway(route.GatewayId), new RunId(Sixteen(route.RunId)), new SealedTag(Sixteen(route.SealedTag)));

    public static void Check(bool kept)
    {
        if (!kept)
        {
            throw ServiceFailure.BrokenContract();
        }
    }
}
