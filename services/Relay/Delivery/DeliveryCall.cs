using System.Diagnostics;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Relay.Delivery;

/// <summary>One call to one gateway. Never throws: whatever goes wrong is an outcome, and the leases see to the rest.</summary>
internal sealed class DeliveryCall(ServiceChannels channels, DeliverySpans spans, ILogger<DeliveryCall> logger)
{
    /// <summary>Hands a list to the gateway, with retries; an outcome for each, in their order.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> SendAsync(string endpoint, DeliveryList list, CancellationToken abort)
    {
        var started = list.Select(item => spans.Start(item.Consignment.Origin)).ToArray();
        // The call carries many: its own span must not become the child of the last one's.
        Activity.Current = null;
        var outcomes = await TrySendAsync(endpoint, ToRequest(list, started), abort);
        for (var i = 0; i < started.Length; i++)
        {
            DeliverySpans.End(started[i], outcomes[i]);
        }

        return outcomes;
    }

    private static ReplyRequest ToRequest(DeliveryList list, Activity?[] started) => new()
    {
        Items = { list.Select((item, i) => ReplyItems.Of(item.Delivery, started[i])) },
    };

    private static DeliveryOutcome ToOutcome(ReplyOutcome outcome) => outcome.OutcomeCase switch
    {
        ReplyOutcome.OutcomeOneofCase.Queued => DeliveryOutcome.Queued,
        ReplyOutcome.OutcomeOneofCase.RouteNotLive => DeliveryOutcome.RouteNotLive,
        ReplyOutcome.OutcomeOneofCase.QueueFull => DeliveryOutcome.QueueFull,
        _ => DeliveryOutcome.GatewayFailed,
    };

    private static DeliveryOutcome[] All(ReplyRequest request, DeliveryOutcome outcome) => [.. request.Items.Select(_ => outcome)];

    private async Task<DeliveryOutcome[]> TrySendAsync(string endpoint, ReplyRequest request, CancellationToken abort)
    {
        try
        {
            var response = await ServiceCalls.InvokeAsync(options => Gateway(endpoint).ReplyAsync(request, options), abort);
            return response.Outcomes.Count == request.Items.Count
                ? [.. response.Outcomes.Select(ToOutcome)]
                : All(request, DeliveryOutcome.GatewayFailed);
        }
        catch (OperationCanceledException)
        {
            return All(request, DeliveryOutcome.Stopping);
        }
        catch (RpcException e)
        {
            logger.GatewayFailed(e.StatusCode, request.Items.Count);
            return All(request, DeliveryOutcome.GatewayFailed);
        }
        catch (Exception e)
        {
            // Such as an address of which no channel can be made. A lane must outlive whatever it is.
            logger.DeliveryFailed(e.GetType().Name, e.StackTrace);
            return All(request, DeliveryOutcome.GatewayFailed);
        }
    }

    private MixnetService.MixnetServiceClient Gateway(string endpoint) => new(channels.For(endpoint));
}
