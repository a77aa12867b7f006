using Grpc.Core;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// <c>RelayService</c>: a list of messages in, an outcome for each out. When one of them cannot be decided now, the whole call fails, once
/// all have ended: the caller repeats the list, and what was accepted already is answered as accepted again, under the same lease.
/// </summary>
internal sealed class ForwardingService(MessageForwarder forwarder, UndecidedCalls undecided) : RelayService.RelayServiceBase
{
    /// <inheritdoc/>
    public override async Task<ForwardResponse> Forward(ForwardRequest request, ServerCallContext context)
    {
        ForwardRequestRules.Check(request);
        var cancellationToken = context.CancellationToken;
        try
        {
            return await forwarder.ForwardAsync(request, cancellationToken);
        }
        catch (RpcException e)
        {
            throw undecided.ToStatus(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw UndecidedCalls.Stopping();
        }
    }
}
