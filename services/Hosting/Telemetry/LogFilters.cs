using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NymDirectory.Hosting.Telemetry;

/// <summary>What the frameworks would log, but is said better elsewhere.</summary>
internal static class LogFilters
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";
    private const string HealthChecks = "Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService";
    private const string GrpcCalls = "Grpc.AspNetCore.Server.ServerCallHandler";
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    internal static void QuietenLogs(this WebApplicationBuilder builder)
    {
        // Not being ready yet is no error of ours, and whoever asks gets the answer.
        builder.Logging.AddFilter(HealthChecks, LogLevel.Critical);
        // An error to gRPC is whatever ended a call, a caller who died in the middle of its request included; and it prints texts of exceptions. What is a fault of
        // ours the ErrorInterceptor says.
        builder.Logging.AddFilter(GrpcCalls, LogLevel.None);
        // While this is on, each call has an activity and a log scope, and so has each call that is made within it, whether anybody traces or not.
        builder.Logging.AddFilter(Requests, LogLevel.None);
        // A start that fails is explained in one line; the host would print a stack trace before it.
        var started = new StartedFlag();
        builder.Services.AddSingleton(started);
        builder.Services.AddHostedService(services => new StartedObserver(started, services.GetRequiredService<IHostApplicationLifetime>()));
        builder.Logging.AddFilter(Host, level => level == LogLevel.Warning || (level > LogLevel.Warning && started.Value));
        // One line for an entry, so that lines of several services can be told apart by a prefix.
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
    }

    private sealed class StartedFlag
    {
        public volatile bool Value;
    }

    private sealed class StartedObserver(StartedFlag flag, IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(() => flag.Value = true);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
