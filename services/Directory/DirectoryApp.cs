using NymDirectory.DirectoryService.Accounts;
using NymDirectory.DirectoryService.Challenges;
using NymDirectory.DirectoryService.Gateways;
using NymDirectory.DirectoryService.Mailboxes;
using NymDirectory.DirectoryService.Requests;
using NymDirectory.DirectoryService.Storage;
using NymDirectory.DirectoryService.Storage.Commits;
using NymDirectory.DirectoryService.Storage.Expiry;
using NymDirectory.DirectoryService.Telemetry;
using NymDirectory.Hosting;

namespace NymDirectory.DirectoryService;

/// <summary>Puts the Directory together.</summary>
public static class DirectoryApp
{
    /// <summary>Name and default addresses of this service.</summary>
    public static readonly ServiceDescription Service =
        new(DirectoryTelemetry.Name, "http://localhost:5101", "http://localhost:5111");

    /// <summary>Builds the service; nothing is opened before it is started.</summary>
    /// <param name="args">Configuration, as on the command line.</param>
    /// <param name="configure">What a test replaces; called last.</param>
    /// <exception cref="InvalidConfigurationException">The configuration cannot work.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceHost.CreateBuilder(Service, args);
        AddStorage(builder);
        AddFeatures(builder.Services);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapGrpcService<AccountEndpoint>();
        app.MapGrpcService<MailboxEndpoint>();
        app.MapGrpcService<GatewayEndpoint>();
        app.MapServiceDefaults();
        return app;
    }

    /// <summary>The database and what works on it: all that a command needs which changes it while no service runs.</summary>
    internal static void AddStore(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(Locate(configuration));
        services.AddSingleton<DirectoryMetrics>();
        services.AddSingleton<CommitReport>();
        services.AddSingleton<Checkpoints>();
        services.AddSingleton<DueClock>();
        services.AddSingleton<DirectoryStore>();
    }

    /// <summary>Where the database is.</summary>
    /// <exception cref="InvalidConfigurationException">The configuration does not name a file.</exception>
    internal static DatabaseLocation Locate(IConfiguration configuration)
    {
        try
        {
            return new DatabaseLocation(configuration.GetConnectionString(DatabaseLocation.ConnectionName));
        }
        catch (ArgumentException e)
        {
            throw new InvalidConfigurationException("ConnectionStrings__Directory must name a file: 'Data Source=<path>'.", e);
        }
    }

    private static void AddStorage(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        AddStore(services, builder.Configuration);
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryStore>());
        services.AddGrpc(grpc => grpc.Interceptors.Add<StorageErrorInterceptor>());
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage", tags: [ServiceHost.ReadyTag]);
    }

    private static void AddFeatures(IServiceCollection services)
    {
        services.AddOptions<MailboxOptions>().BindConfiguration(MailboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ItemOutcomes>();
        services.AddSingleton<ChallengeStore>();
        services.AddSingleton<ChallengeAnswers>();
        services.AddSingleton<AccountLookup>();
        services.AddSingleton<SignsOfLife>();
        services.AddSingleton<Registrations>();
        services.AddSingleton<Logins>();

        // After the store: it starts later and stops earlier.
        services.AddSingleton<DueDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<DueDesk>());
        services.AddHostedService<MailboxGauges>();
        services.AddSingleton<ExpiryRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<ExpiryRounds>());
    }
}
