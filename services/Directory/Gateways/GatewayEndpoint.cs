using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.DirectoryService.Requests;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Operations;

namespace NymDirectory.DirectoryService.Gateways;

/// <summary>Serves <c>GatewayService</c>.</summary>
internal sealed class GatewayEndpoint(DirectoryStore store, ItemOutcomes outcomes) : GatewayService.GatewayServiceBase
{
    private const int LongestEndpoint = 256;

    public override async Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context)
    {
        ItemRules.Check(request.Endpoint.Length is > 0 and <= LongestEndpoint);
        var othersLease = await store.WriteAsync(new AttachGateway(
            ItemRules.Gateway(request.GatewayId),
            ItemRules.Sixteen(request.InstanceId),
            request.Endpoint,
            request.RunId.IsEmpty ? null : new RunId(ItemRules.Sixteen(request.RunId))));
        var response = othersLease is { } milliseconds
            ? new AttachResponse { HeldByAnother = new HeldByAnother { EndsInMilliseconds = (uint)milliseconds } }
            : new AttachResponse { Attached = new Attached { LeaseMilliseconds = GatewayLease.Milliseconds } };
        outcomes.Count("attach", response.OutcomeCase.ToString());
        return response;
    }

    public override async Task<DetachResponse> Detach(DetachRequest request, ServerCallContext context)
    {
        var detached = await store.WriteAsync(new DetachGateway(
            ItemRules.Gateway(request.GatewayId), ItemRules.Sixteen(request.InstanceId)));
        outcomes.Count("detach", detached ? "Detached" : "NotHeld");
        return new DetachResponse();
    }
}
