using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Sealing;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient;

/// <summary>The part of a Gateway that has to do with nym-client, as it is registered in production.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TestMeters _meters;

    private TestNode(IHost host, TestMeters meters, RecordingLoggerProvider logs)
    {
        _host = host;
        _meters = meters;
        Logs = logs;
    }

    public RecordingLoggerProvider Logs { get; }

    public Intake Intake => Get<Intake>();

    public Outbox Outbox => Get<Outbox>();

    public NymClientStatus Status => Get<NymClientStatus>();

    public TagSealer Sealer => Get<TagSealer>();

    public static TestNode Create(string dataDirectory, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new(GatewayFiles.Key, dataDirectory), .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))]);
        var logs = new RecordingLoggerProvider();
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        var meters = new TestMeters();
        builder.Services.AddSingleton<IMeterFactory>(meters);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddNymClient(builder.Configuration);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));
        return new TestNode(builder.Build(), meters, logs);
    }

    public static async Task<TestNode> StartAsync(string dataDirectory, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var node = Create(dataDirectory, time, settings);
        await node._host.StartAsync();
        return node;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>What a gauge says now, by the end of its name with its label's value; 0 when it says nothing.</summary>
    public long Gauge(string name) => _meters.Gauge(name);

    public Task StopAsync() => _host.StopAsync();

    public Task ReadyAsync() => Eventually.True(() => Status.Ready, TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        _meters.Dispose();
    }
}
