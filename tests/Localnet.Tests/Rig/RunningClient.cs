using System.Net;
using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Client;
using NymDirectory.Localnet.Client.Identity;
using NymDirectory.Localnet.Hub;
using NymDirectory.TestKit;

namespace NymDirectory.Localnet.Tests.Rig;

/// <summary>A client in this process.</summary>
internal sealed class RunningClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly ILoggerFactory _logFactory;
    private readonly Task _running;

    private RunningClient(ClientFolder folder, HubEndpoint hub)
    {
        _logFactory = LoggerFactory.Create(builder => builder.AddProvider(Logs).SetMinimumLevel(LogLevel.Debug));
        var client = new MixnetClient(folder, new ClientConfiguration { Port = 0 }, hub, _logFactory, TimeProvider.System);
        _running = client.RunAsync(reason => Aborted.TrySetResult(reason), _interrupt.Token);
        Ready = client.Ready;
    }

    public RecordingLoggerProvider Logs { get; } = new();

    public TaskCompletionSource<string> Aborted { get; } = new();

    public Task<IPEndPoint> Ready { get; }

    public IPEndPoint Endpoint => Ready.Result;

    public static async Task<RunningClient> StartAsync(ClientFolder folder, HubEndpoint hub)
    {
        var client = new RunningClient(folder, hub);
        await client.Ready.Within();
        return client;
    }

    /// <summary>Not waiting for the hub.</summary>
    public static RunningClient Start(ClientFolder folder, HubEndpoint hub) => new(folder, hub);

    public async Task InterruptAsync()
    {
        await _interrupt.CancelAsync();
        await _running.Within();
    }

    public async ValueTask DisposeAsync()
    {
        await InterruptAsync();
        _interrupt.Dispose();
        _logFactory.Dispose();
    }
}
