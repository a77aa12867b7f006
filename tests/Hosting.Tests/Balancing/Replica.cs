using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.Contracts.V1;
using NymDirectory.TestKit;

namespace NymDirectory.Hosting.Tests.Balancing;

/// <summary>One of several servers that do the same; it can be made to hang, as a stopped process does: it takes calls and answers none.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private volatile TaskCompletionSource _gate = new();
    private ServiceUnderTest _service = null!;
    private int _calls;
    private int _answered;
    private int _hanging;

    public Replica() => _gate.SetResult();

    public int Calls => _calls;

    public int Answered => _answered;

    public int Hanging => _hanging;

    public string Authority => new Uri(_service.Address).Authority;

    public async Task StartAsync() => _service = await ServiceUnderTest.StartAsync((args, change) =>
    {
        var builder = ServiceHost.CreateBuilder(new ServiceDescription("NymDirectory.Hosting.Tests", "http://localhost:1", "http://localhost:2"), args);
        builder.Services.AddSingleton(this);
        change?.Invoke(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<ReplicaRelay>();
        return app;
    });

    public void Hang() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Recover() => _gate.TrySetResult();

    public async Task<ForwardResponse> AnswerAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _hanging);
        await _gate.Task.WaitAsync(cancellationToken);
        Interlocked.Decrement(ref _hanging);
        Interlocked.Increment(ref _answered);
        return new ForwardResponse();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}

/// <summary>The service of a <see cref="Replica"/>.</summary>
internal sealed class ReplicaRelay(Replica replica) : RelayService.RelayServiceBase
{
    public override Task<ForwardResponse> Forward(ForwardRequest request, ServerCallContext context) => replica.AnswerAsync(context.CancellationToken);
}
