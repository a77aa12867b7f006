using NymDirectory.Hosting;
using NymDirectory.Relay.Delivery;
using NymDirectory.Relay.Forwarding;
using NymDirectory.Relay.Keys;
using NymDirectory.Relay.Telemetry;

namespace NymDirectory.Relay;

/// <summary>The Relay, put together.</summary>
public static class RelayApp
{
    /// <summary>What is fixed about it.</summary>
    public static ServiceDescription Description { get; } = new(RelayTelemetry.Name, "http://localhost:5102", "http://localhost:5112");

    /// <summary>Builds it, not yet started.</summary>
    /// <param name="args">Command line arguments, which are configuration.</param>
    /// <param name="configure">What a test replaces.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceHost.CreateBuilder(Description, args);
        AddOptions(builder.Services);
        AddForwarding(builder.Services);
        AddDelivery(builder.Services);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<ForwardingService>();
        return app;
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<KeyCacheOptions>().BindConfiguration(KeyCacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DeliveryLinkOptions>().BindConfiguration(DeliveryLinkOptions.Section);
    }

    private static void AddForwarding(IServiceCollection services) => services
        .AddSingleton<RelayTracing>()
        .AddSingleton<RelayMetrics>()
        .AddSingleton<DirectoryCalls>()
        .AddSingleton<SenderKeys>()
        .AddSingleton<SenderCheck>()
        .AddSingleton<MailboxDoor>()
        .AddSingleton<AcceptedDeliveries>()
        .AddSingleton<MessageForwarder>()
        .AddSingleton<UndecidedCalls>()
        .AddSingleton<ForwardingService>();

    private static void AddDelivery(IServiceCollection services)
    {
        services
            .AddSingleton<DeliverySpans>()
            .AddSingleton<DeliveryCall>()
            .AddSingleton<DeliveryLedger>()
            .AddSingleton<GatewayLanes>()
            .AddSingleton<DeliveryDesk>()
            .AddSingleton<DirectoryReachability>();
        services.AddHealthChecks().AddCheck<DirectoryReachability>("directory", tags: [ServiceHost.ReadyTag]);
        // The drain first: hosted services stop in the reverse order.
        services.AddHostedService<DeliveryDrain>().AddHostedService<DueLoop>();
    }
}
