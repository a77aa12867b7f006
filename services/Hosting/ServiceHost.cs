using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NymDirectory.Hosting.Calls;
using NymDirectory.Hosting.Errors;
using NymDirectory.Hosting.Health;
using NymDirectory.Hosting.Listening;
using NymDirectory.Hosting.Telemetry;

namespace NymDirectory.Hosting;

/// <summary>What every service of a node does alike: where it listens, how it fails, what it tells.</summary>
public static class ServiceHost
{
    // Docker is told to wait 30 s (stop_grace_period): the host's own drain ends well before that.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs a service, or one of the modes that every service has (<c>--health</c>), to its end.</summary>
    /// <returns>
    /// The process's exit code: 0 for a clean end, 1 when it could not start (said in one line on stderr) or a part of it failed (said in the log).
    /// </returns>
    public static async Task<int> RunAsync(ServiceDescription service, string[] args, Func<string[], WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(build);
        if (args.Contains("--health"))
        {
            return await HealthProbe.RunAsync(service, args);
        }

        try
        {
            await using var app = build(args);
            var parts = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
            await RunToEndAsync(app);

            // The host stops when one of its parts fails, and calls that a clean end: nobody would start the service again.
            return parts.Exists(part => part.ExecuteTask is { IsFaulted: true }) ? 1 : Environment.ExitCode;
        }
        catch (Exception e) when (StartFailure.TryExplain(e, out var line))
        {
            await Console.Error.WriteLineAsync($"{service.Name}: {line}");
            return 1;
        }
    }

    private static async Task RunToEndAsync(WebApplication app)
    {
        // Asked for now: once the run has ended the application is disposed, and cannot say any more why it ended.
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A signal, or a part that failed at once, ended it in the middle of its start.
        }
    }

    /// <summary>A builder with all that is common in place; the service adds its own and calls <see cref="MapServiceDefaults"/>.</summary>
    public static WebApplicationBuilder CreateBuilder(ServiceDescription service, string[] args)
    {
        ArgumentNullException.ThrowIfNull(service);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            // Started from another folder, a service would otherwise not find its appsettings.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = service.Name,
        });
        builder.AddListeners(service);
        builder.AddTelemetry(service);
        builder.Services.AddSingleton(service);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.EnableDetailedErrors = false;
        });
        builder.Services.AddSingleton<ServiceChannels>();
        builder.Services.AddOptions<ServiceAddresses>().BindConfiguration("Services").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddGrpcHealthChecks(health => health.Services.Map(string.Empty, check => check.Tags.Contains(ReadyTag)))
            .AddCheck("started", () => HealthCheckResult.Healthy(), [ReadyTag]);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTimeout);
        builder.QuietenLogs();
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        return builder;
    }

    /// <summary>The tag of health checks that say whether the service is ready.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Maps gRPC health and <c>/healthz/live</c>, <c>/healthz/ready</c>.</summary>
    public static void MapServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGrpcHealthChecksService();
        app.MapHealthEndpoints();
    }
}
