using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NymDirectory.Contracts.V1;
using NymDirectory.Gateway.Keys;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Tests.Protocol;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Fakes;

/// <summary>The whole Gateway over real sockets, but for nym-client; Directory and Relay are fakes behind a real socket.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServiceUnderTest _service;

    private GatewayUnderTest(TemporaryFolder folder, FakeBackEnd backEnd, ServiceUnderTest service)
    {
        (_folder, BackEnd, _service) = (folder, backEnd, service);
        NymClient = new ScriptedNymClient(
            service.Services.GetRequiredService<Intake>(),
            service.Services.GetRequiredService<Outbox>(),
            service.Services.GetRequiredService<NymClientStatus>());
        Replies = new MixnetService.MixnetServiceClient(service.Channel);
    }

    public FakeBackEnd BackEnd { get; }

    public ScriptedNymClient NymClient { get; }

    public MixnetService.MixnetServiceClient Replies { get; }

    public RecordingLoggerProvider Logs => _service.Logs;

    public string HealthAddress => _service.HealthAddress;

    /// <summary>A part of it.</summary>
    public T Get<T>()
        where T : notnull => _service.Services.GetRequiredService<T>();

    /// <summary>Starts it in a run, with nym-client taking everything, unless <paramref name="script"/> says otherwise.</summary>
    public static async Task<GatewayUnderTest> StartAsync(
        Action<FakeBackEnd>? script = null, TimeProvider? clock = null, bool connected = true, params string[] arguments)
    {
        var folder = new TemporaryFolder();
        var backEnd = await FakeBackEnd.StartAsync();
        script?.Invoke(backEnd);
        string[] all =
        [
            $"--Services:Directory={backEnd.Address}", $"--Services:Relay={backEnd.Address}", $"--Gateway:DataDirectory={folder.Path}",
            "--Gateway:Id=gw-1", "--Gateway:Endpoint=http://gateway.test:5100", "--NymClient:Managed=false",
            "--Delay:Patience=00:00:00", .. arguments,
        ];
        var service = await ServiceUnderTest.StartAsync(GatewayApp.Build, all, builder => Replace(builder, clock));
        var gateway = new GatewayUnderTest(folder, backEnd, service);
        if (connected)
        {
            gateway.NymClient.StartRun();
            gateway.NymClient.TakeReplies();
        }

        return gateway;
    }

    /// <summary>The next answer to that tag, its signature checked.</summary>
    public async Task<Envelope> NextAnswerAsync(Sealing.SealedTag tag) => Envelope.Read(
        await NymClient.NextReplyAsync(tag), _service.Services.GetRequiredService<NodeKey>().Key.PublicKey);

    /// <summary>Sends one message and gives its answer.</summary>
    public async Task<Envelope> AskAsync(string message, byte tag = 1)
    {
        NymClient.Receive(ScriptedNymClient.Tag(tag), message);
        return await NextAnswerAsync(ScriptedNymClient.Tag(tag));
    }

    public Task StopAsync() => _service.StopAsync();

    /// <summary>Stops the reports of fates alone; at the return its stop has begun.</summary>
    public Task StopReportsAsync() => _service.Services.GetRequiredService<Gateway.Replies.FateReports>().StopAsync(CancellationToken.None);

    public async Task<string> ReadinessAsync()
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var response = await invoker.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, new Uri($"{HealthAddress}/healthz/ready")), CancellationToken.None);
        return await response.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await NymClient.DisposeAsync();
        await BackEnd.DisposeAsync();
        _folder.Dispose();
    }

    private static void Replace(WebApplicationBuilder builder, TimeProvider? clock)
    {
        var nymClient = builder.Services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Namespace?.StartsWith("NymDirectory.Gateway.NymClient", StringComparison.Ordinal) == true).ToList();
        nymClient.ForEach(service => builder.Services.Remove(service));
        if (clock is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        }
    }
}
