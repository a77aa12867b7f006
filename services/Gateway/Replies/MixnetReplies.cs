using Google.Protobuf;
using Grpc.Core;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Errors;

namespace NymDirectory.Gateway.Replies;

/// <summary>The way back into the mixnet, for Relays.</summary>
internal sealed class MixnetReplies(Deliveries deliveries) : MixnetService.MixnetServiceBase
{
    private const int MaxItems = 32;

    private static readonly ReplyOutcome Full = new() { QueueFull = new QueueFull() };

    /// <inheritdoc/>
    public override Task<ReplyResponse> Reply(ReplyRequest request, ServerCallContext context)
    {
        // The whole list is checked before any of it leaves: a call either breaks the contract or is carried out.
        var addresses = request.Items.Select(item => DeliveryAddress.Of(item) ?? throw ServiceFailure.BrokenContract()).ToList();
        if (addresses.Count is 0 or > MaxItems)
        {
            throw ServiceFailure.BrokenContract();
        }

        var response = new ReplyResponse();
        var stopped = new HashSet<ByteString>();
        foreach (var (item, to) in request.Items.Zip(addresses))
        {
            // What one lease covers is one mailbox: once there was no room for one, a smaller one must not overtake it.
            var outcome = stopped.Contains(item.LeaseId) ? Full : deliveries.Deliver(item, to);
            response.Outcomes.Add(outcome);
            if (outcome.OutcomeCase == ReplyOutcome.OutcomeOneofCase.QueueFull)
            {
                stopped.Add(item.LeaseId);
            }
        }

        return Task.FromResult(response);
    }
}
