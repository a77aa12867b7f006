using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NymDirectory.Gateway.NymClient.Configuration;
using NymDirectory.Gateway.NymClient.Link;
using NymDirectory.Gateway.NymClient.Packets;
using NymDirectory.Gateway.NymClient.Processes;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Gateway.NymClient.Shortage;
using NymDirectory.Gateway.Sealing;

namespace NymDirectory.Gateway.NymClient;

/// <summary>Puts nym-client and the way to it into the Gateway.</summary>
internal static class NymClientRegistration
{
    /// <summary>
    /// Registers the options, <see cref="Intake"/>, <see cref="Outbox"/>, <see cref="NymClientStatus"/> and <see cref="TagSealer"/>.
    /// Call it before what uses them: hosted services stop in reverse order, and nym-client has to be the last.
    /// </summary>
    public static IServiceCollection AddNymClient(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NymClientOptions>().Bind(configuration.GetSection(NymClientOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<QueueOptions>().Bind(configuration.GetSection(QueueOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(GatewayFiles.From(configuration));
        services.AddSingleton(provider => OpenSealKey(provider.GetRequiredService<GatewayFiles>()));
        services.AddSingleton<NymClientMetrics>();
        services.AddSingleton<NymClientStatus>();
        services.AddSingleton<Intake>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<IValidateOptions<NymClientOptions>, NymClientOptionsCheck>();
        services.AddSingleton<FolderLock>();
        services.AddSingleton(KeepRun);
        services.AddSingleton<Lanes>();
        services.AddSingleton<OwnMessages>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<AddressFile>();
        services.AddSingleton<RecentTags>();
        services.AddSingleton<LaneWatch>();
        services.AddSingleton<LongReplies>();
        services.AddSingleton<ReplyPump>();
        services.AddSingleton<StoreCheck>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<NymClientLink>();
        services.AddSingleton<ProcessStop>();
        services.AddSingleton<ConfigurationFile>();
        services.AddSingleton<Footprint>();
        services.AddSingleton<NymClientSupervisor>();
        services.AddSingleton<UnmanagedNymClient>();
        return services.AddHostedService<NymClientService>();
    }
    private static TagSealer OpenSealKey(GatewayFiles files) => SealKeyFile.OpenOrCreate(files.SealKey, () =>
    {
        if (File.Exists(files.Run))
        {
            File.Delete(files.Run);
        }
    });

    private static RunKeeper KeepRun(IServiceProvider provider)
    {
        // First: a seal key that is new ends the run, and the keeper reads what is on file when it is made.
        _ = provider.GetRequiredService<TagSealer>();
        return ActivatorUtilities.CreateInstance<RunKeeper>(provider);
    }
}
