using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.Contracts.V1;

namespace NymDirectory.Relay.Tests.Fakes;

/// <summary>A Gateway's way back into the mixnet, as the test wants it.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private FakeServer? _server;

    public string Address { get; private set; } = "";

    /// <summary>The lists that came, in their order.</summary>
    public ConcurrentQueue<ReplyRequest> Lists { get; } = [];

    /// <summary>What an item is answered with.</summary>
    public Func<ReplyItem, ReplyOutcome> Reply { get; set; } = _ => new ReplyOutcome { Queued = new() };

    /// <summary>Awaited before a list is answered.</summary>
    public Task BeforeReply { get; set; } = Task.CompletedTask;

    public IEnumerable<ulong> DeliveryIds => Lists.SelectMany(list => list.Items).Select(item => item.DeliveryId);

    public static async Task<FakeGateway> StartAsync()
    {
        var gateway = new FakeGateway();
        gateway._server = await FakeServer.StartAsync(
            services => services.AddSingleton(gateway).AddSingleton<MixnetCalls>(), app => app.MapGrpcService<MixnetCalls>());
        gateway.Address = gateway._server.Address;
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }
    }

    private sealed class MixnetCalls(FakeGateway gateway) : MixnetService.MixnetServiceBase
    {
        public override async Task<ReplyResponse> Reply(ReplyRequest request, ServerCallContext context)
        {
            gateway.Lists.Enqueue(request);
            await gateway.BeforeReply.WaitAsync(context.CancellationToken);
            return new ReplyResponse { Outcomes = { request.Items.Select(gateway.Reply) } };
        }
    }
}
