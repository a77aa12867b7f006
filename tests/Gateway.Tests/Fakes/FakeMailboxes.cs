using System.Collections.Concurrent;
using Grpc.Core;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Gateway.Tests.Fakes;

/// <summary>The Directory's mailboxes as far as a Gateway sees them; keeps what it was told.</summary>
internal sealed class FakeMailboxes : MailboxService.MailboxServiceBase
{
    public Action OnSettle { get; set; } = () => { };

    public ConcurrentQueue<SettleItem> Settled { get; } = [];

    public ConcurrentQueue<ResumeItem> Resumed { get; } = [];

    public override Task<SettleResponse> Settle(SettleRequest request, ServerCallContext context)
    {
        OnSettle();
        foreach (var item in request.Items)
        {
            Settled.Enqueue(item);
        }

        return Task.FromResult(new SettleResponse { Applied = (uint)request.Items.Count });
    }

    /// <summary>How many messages an acknowledgement ends.</summary>
    public Func<AcknowledgeItem, int> OnAcknowledge { get; set; } = item => item.MessageIds.Count;

    public ConcurrentQueue<AcknowledgeItem> Acknowledged { get; } = [];

    public override Task<AcknowledgeResponse> Acknowledge(AcknowledgeRequest request, ServerCallContext context)
    {
        var outcomes = request.Items.Select(item =>
        {
            Acknowledged.Enqueue(item);
            return new AcknowledgeOutcome { Acknowledged = (uint)OnAcknowledge(item) };
        }).ToList();
        return Task.FromResult(new AcknowledgeResponse { Outcomes = { outcomes } });
    }

    public override Task<ResumeResponse> Resume(ResumeRequest request, ServerCallContext context)
    {
        foreach (var item in request.Items)
        {
            Resumed.Enqueue(item);
        }

        return Task.FromResult(new ResumeResponse());
    }
}
