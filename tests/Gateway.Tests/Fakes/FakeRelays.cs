using System.Collections.Concurrent;
using Grpc.Core;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Gateway.Tests.Fakes;

/// <summary>A Relay as a test scripts it; keeps what it was handed.</summary>
internal sealed class FakeRelays : RelayService.RelayServiceBase
{
    public Func<ForwardItem, ForwardOutcome> OnForward { get; set; } = _ => new ForwardOutcome { Accepted = new Accepted() };

    /// <summary>What comes with the answer to a list.</summary>
    public Func<ForwardRequest, IEnumerable<ReplyItem>> OnDeliver { get; set; } = _ => [];

    public ConcurrentQueue<ForwardItem> Forwarded { get; } = [];

    public override Task<ForwardResponse> Forward(ForwardRequest request, ServerCallContext context)
    {
        foreach (var item in request.Items)
        {
            Forwarded.Enqueue(item);
        }

        return Task.FromResult(new ForwardResponse { Outcomes = { request.Items.Select(OnForward) }, Deliveries = { OnDeliver(request) } });
    }
}
