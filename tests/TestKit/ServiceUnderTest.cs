using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace NymDirectory.TestKit;

/// <summary>One service in this process over a real socket, with its production set-up; every log line is kept.</summary>
public sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServiceUnderTest(WebApplication app, RecordingLoggerProvider logs)
    {
        _app = app;
        Logs = logs;
        // The first listener speaks gRPC, the second health over HTTP/1.1.
        Address = app.Urls.First();
        HealthAddress = app.Urls.Last();
        Channel = GrpcChannel.ForAddress(Address);
    }

    public string Address { get; }

    public string HealthAddress { get; }

    public GrpcChannel Channel { get; }

    public RecordingLoggerProvider Logs { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a service on ports of the system's choice.</summary>
    /// <param name="build">The service's own <c>Build</c>.</param>
    /// <param name="arguments">Further arguments, such as <c>--Gateway:Id=a</c>.</param>
    /// <param name="configure">What the test replaces.</param>
    public static async Task<ServiceUnderTest> StartAsync(
        Func<string[], Action<WebApplicationBuilder>?, WebApplication> build,
        IEnumerable<string>? arguments = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var logs = new RecordingLoggerProvider();
        string[] all = ["--urls=http://127.0.0.1:0", "--Health:Url=http://127.0.0.1:0", .. arguments ?? []];
        var app = build(all, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(logs);
            builder.Logging.SetMinimumLevel(LogLevel.Debug);
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new ServiceUnderTest(app, logs);
    }

    /// <summary>Ends it as an operator would: the host drains.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
