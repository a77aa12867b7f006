using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Link;
using NymDirectory.Gateway.NymClient.Processes;

namespace NymDirectory.Gateway.NymClient;

/// <summary>Runs nym-client, or the connection to one, for as long as the Gateway lives.</summary>
internal sealed class NymClientService(
    IOptions<NymClientOptions> options, NymClientSupervisor supervisor, UnmanagedNymClient unmanaged, Intake intake, Outbox outbox, FolderLock folder)
    : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        folder.Take();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var closing = stoppingToken.Register(intake.Close);
        try
        {
            await (options.Value.Managed ? supervisor.RunAsync(stoppingToken) : unmanaged.RunAsync(stoppingToken));
        }
        finally
        {
            intake.Close();
            outbox.Close();
        }
    }
}
