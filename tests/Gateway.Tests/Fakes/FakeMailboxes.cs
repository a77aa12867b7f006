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

    public override Task<ResumeResponse> Resume(ResumeRequest request, ServerCallContext context)
    {
        foreach (var item in request.Items)
        {
            Resumed.Enqueue(item);
        }

        return Task.FromResult(new ResumeResponse());
    }
}
