using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Attachment;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.Replies;

/// <summary>Whom a delivery is for: a tag, in the run in which it brought reply blocks.</summary>
internal readonly record struct DeliveryAddress(SealedTag Tag, RunId Run)
{
    private const int LeaseIdBytes = 16;

    /// <summary>Reads it; null when the item breaks the contract.</summary>
    public static DeliveryAddress? Of(ReplyItem item) =>
        GatewayRoutes.TryRead(item.Route, out var tag, out var run) && item.LeaseId.Length == LeaseIdBytes ? new DeliveryAddress(tag, run) : null;
}
