using Google.Protobuf;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Sealing;
using Route = NymDirectory.Contracts.V1.Route;

namespace NymDirectory.Gateway.Attachment;

/// <summary>The routes of this Gateway: made for what arrives here, read from what is to leave here.</summary>
internal sealed class GatewayRoutes(IOptions<GatewayOptions> options)
{
    private readonly string _gatewayId = options.Value.Id;

    /// <summary>The route back to the owner of a tag.</summary>
    public Route Of(SealedTag tag, RunId run) => new() { GatewayId = _gatewayId, RunId = run.ToByteString(), SealedTag = tag.ToByteString() };

    /// <summary>Reads a route; false when its parts are not of their sizes, which breaks the contract.</summary>
    public static bool TryRead(Route? route, out SealedTag tag, out RunId run)
    {
        run = default;
        tag = default;
        return route is not null && RunId.TryFromBytes(route.RunId.Span, out run) && SealedTag.TryFromBytes(route.SealedTag.Span, out tag);
    }

    /// <summary>Whether the route ends here.</summary>
    public bool IsOurs(Route route) => string.Equals(route.GatewayId, _gatewayId, StringComparison.Ordinal);

    /// <summary>The bytes of a run as the contracts carry them; empty while none is known.</summary>
    public static ByteString RunBytes(RunId? run) => run is { } known ? known.ToByteString() : ByteString.Empty;
}
