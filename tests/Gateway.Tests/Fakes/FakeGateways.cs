using System.Collections.Concurrent;
using Grpc.Core;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Gateway.Tests.Fakes;

/// <summary>The Directory's list of gateways as a test scripts it; keeps what it was told.</summary>
internal sealed class FakeGateways : GatewayService.GatewayServiceBase
{
    public static readonly AttachResponse Yes = new() { Attached = new Attached { LeaseMilliseconds = 15_000 } };
    public static readonly AttachResponse No = new() { HeldByAnother = new HeldByAnother { EndsInMilliseconds = 9_000 } };

    public Func<AttachRequest, AttachResponse> OnAttach { get; set; } = _ => Yes;

    public ConcurrentQueue<AttachRequest> AttachedBy { get; } = [];

    public ConcurrentQueue<DetachRequest> DetachedBy { get; } = [];

    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context)
    {
        AttachedBy.Enqueue(request);
        return Task.FromResult(OnAttach(request));
    }

    public override Task<DetachResponse> Detach(DetachRequest request, ServerCallContext context)
    {
        DetachedBy.Enqueue(request);
        return Task.FromResult(new DetachResponse());
    }
}
