using Microsoft.Extensions.Options;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Attachment;
using NymDirectory.Gateway.Dispatch;
using NymDirectory.Gateway.Keys;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Protocol;
using NymDirectory.Gateway.Replies;
using NymDirectory.Gateway.Telemetry;
using NymDirectory.Hosting;
using NymDirectory.Hosting.Calls;

namespace NymDirectory.Gateway;

/// <summary>Puts the Gateway together.</summary>
internal static class GatewayApp
{
    // A delivery is asked for again within minutes or never: this is half an hour of a nym-client, and six minutes of one at its fastest.
    private const int RememberedDeliveries = 50_000;

    // Requests, reports and the lease 7 s, then replies that are still handed over, then nym-client's patience of 15 s. Docker waits 30 s.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(29);

    /// <summary>What is fixed about this service.</summary>
    public static ServiceDescription Description { get; } = new(GatewayTelemetry.Name, "http://localhost:5100", "http://localhost:5110");

    /// <summary>The service, ready to run.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">What a test replaces.</param>
    /// <exception cref="InvalidConfigurationException">It cannot start as it is configured.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceHost.CreateBuilder(Description, args);
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<GatewayMetrics>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTimeout);

        // Hosted services stop in the opposite order: requests first, then reports, then the lease, nym-client last.
        builder.Services.AddNymClient(builder.Configuration);
        AddAttachment(builder.Services);
        AddReplies(builder.Services);
        AddDispatch(builder.Services);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapGrpcService<MixnetReplies>();
        app.MapServiceDefaults();
        return app;
    }

    private static void AddAttachment(IServiceCollection services)
    {
        services.AddSingleton<GatewayRoutes>();
        services.AddSingleton<AttachmentState>();
        services.AddSingleton(provider => new GatewayService.GatewayServiceClient(Directory(provider)));
        services.AddHostedService<GatewayAttachment>();
        services.AddHealthChecks().AddCheck<ReadinessCheck>("gateway", tags: [ServiceHost.ReadyTag]);
    }

    private static void AddReplies(IServiceCollection services)
    {
        services.AddSingleton<NodeKey>();
        services.AddSingleton(provider => new Envelopes(provider.GetRequiredService<NodeKey>().Key));
        services.AddSingleton(new DeliveryMemory(RememberedDeliveries));
        services.AddSingleton(provider => new MailboxService.MailboxServiceClient(Directory(provider)));
        services.AddSingleton<FateReports>();
        services.AddHostedService(provider => provider.GetRequiredService<FateReports>());
        services.AddSingleton<Deliveries>();
        services.AddSingleton<AnsweredDeliveries>();
        services.AddSingleton<MixnetReplies>();
    }

    private static void AddDispatch(IServiceCollection services)
    {
        services.AddSingleton(provider => new AccountLists(new AccountService.AccountServiceClient(Directory(provider))));
        services.AddSingleton(provider => new RelayService.RelayServiceClient(
            provider.GetRequiredService<ServiceChannels>().For(Addresses(provider).Relay)));
        services.AddSingleton<ForwardLists>();
        services.AddSingleton<ResumeLists>();
        services.AddSingleton<AckLists>();
        services.AddSingleton<AccountRequests>();
        services.AddSingleton<AckRequests>();
        services.AddSingleton<SendRequests>();
        services.AddSingleton<RequestAnswering>();
        services.AddOptions<DelayOptions>().BindConfiguration(DelayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DelayedSends>();
        services.AddSingleton<WaitingSends>();
        services.AddSingleton<RequestHandler>();
        services.AddHostedService<Dispatcher>();
    }

    private static Grpc.Net.Client.GrpcChannel Directory(IServiceProvider provider) =>
        provider.GetRequiredService<ServiceChannels>().For(Addresses(provider).Directory);

    private static ServiceAddresses Addresses(IServiceProvider provider) => provider.GetRequiredService<IOptions<ServiceAddresses>>().Value;
}
