using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway.Attachment;

/// <summary>Holds the lease on the gateway id, and tells the Directory where Relays reach us and in which run nym-client is.</summary>
internal sealed class GatewayAttachment(
    GatewayService.GatewayServiceClient directory,
    IOptions<GatewayOptions> options,
    NymClientStatus nymClient,
    AttachmentState state,
    TimeProvider clock,
    ILogger<GatewayAttachment> logger) : BackgroundService
{
    private const int InstanceIdBytes = 16;
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly ByteString _instance = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(InstanceIdBytes));
    private AttachmentPhase _phase = AttachmentPhase.Starting;
    private TimeSpan _wait = Renewal;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_phase is AttachmentPhase.Attached or AttachmentPhase.Unanswered)
        {
            await DetachAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var seen = nymClient.Current;
            await AttachAsync(seen.Run, stoppingToken);
            await WaitAsync(seen, stoppingToken);
        }
    }

    private async Task AttachAsync(RunId? run, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        _wait = Renewal;
        try
        {
            var request = new AttachRequest
            {
                GatewayId = options.Value.Id,
                InstanceId = _instance,
                Endpoint = options.Value.Endpoint,
                RunId = GatewayRoutes.RunBytes(run),
            };
            Apply(asked, await ServiceCalls.InvokeAsync(call => directory.AttachAsync(request, call), cancellationToken));
        }
        catch (RpcException e)
        {
            Enter(AttachmentPhase.Unanswered, () => logger.DirectoryAway(e.StatusCode));
        }
    }

    private void Apply(long asked, AttachResponse response)
    {
        if (response.OutcomeCase == AttachResponse.OutcomeOneofCase.Attached)
        {
            state.Attached(asked, TimeSpan.FromMilliseconds(response.Attached.LeaseMilliseconds));
            Enter(AttachmentPhase.Attached, logger.Attached);
            return;
        }

        // Often it is our own predecessor, which was killed: its lease ends soon.
        _wait = TimeSpan.FromMilliseconds(Math.Clamp(
            response.HeldByAnother?.EndsInMilliseconds ?? 0, ShortestWait.TotalMilliseconds, Renewal.TotalMilliseconds));
        state.Detached();
        Enter(AttachmentPhase.HeldByAnother, logger.HeldByAnother);
    }

    // Each state is told once: a Gateway that waits for days must not fill a disk.
    private void Enter(AttachmentPhase phase, Action tell)
    {
        if (_phase != phase)
        {
            _phase = phase;
            tell();
        }
    }

    /// <summary>Until it is time to renew the lease, or the run has changed: the Directory is told of that at once.</summary>
    private async Task WaitAsync(NymClientState seen, CancellationToken stoppingToken)
    {
        using var renewal = new CancellationTokenSource(_wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(renewal.Token, stoppingToken);
        try
        {
            var run = seen.Run;
            while (seen.Run == run)
            {
                seen = await nymClient.WaitForChangeAsync(seen.Version, either.Token);
            }

            // Routes of the new run are not live before the Directory knows it.
            state.Detached();
        }
        catch (OperationCanceledException)
        {
            // Time to renew, or to stop.
        }
    }

    private async Task DetachAsync(CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(StopPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            var request = new DetachRequest { GatewayId = options.Value.Id, InstanceId = _instance };
            await ServiceCalls.InvokeAsync(call => directory.DetachAsync(request, call), either.Token);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            logger.NotDetached();
        }
    }
}
