using System.Net;
using System.Text;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;
using NymDirectory.Hosting.Errors;
using NymDirectory.TestKit;

namespace NymDirectory.Hosting.Tests;

public sealed class ServiceHostTests
{
    private static readonly ServiceDescription Service = new("NymDirectory.Hosting.Tests", "http://localhost:5190", "http://localhost:5191");

    [Fact]
    public async Task Call_ThatThrows_AnswersInternalWithoutTheText()
    {
        await using var service = await StartAsync(_ => throw new InvalidOperationException("the secret of alice"));
        var failure = await Assert.ThrowsAsync<RpcException>(() => ForwardAsync(service));
        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.Equal(FailureReason.Internal, failure.Trailers.GetValue(ServiceFailure.ReasonTrailer));
        Assert.DoesNotContain("alice", failure.ToString() + failure.Trailers, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", string.Join('\n', OurLines(service)), StringComparison.Ordinal);
        Assert.Contains(OurLines(service), line => line.Contains("InvalidOperationException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_ThatFailsAsDocumented_KeepsStatusAndReason()
    {
        await using var service = await StartAsync(_ => throw ServiceFailure.Of(StatusCode.Unavailable, FailureReason.Storage));
        var failure = await Assert.ThrowsAsync<RpcException>(() => ForwardAsync(service));
        Assert.Equal((StatusCode.Unavailable, FailureReason.Storage), (failure.StatusCode, failure.Status.Detail));
        service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task Call_ThatIsNoMessage_IsTheCallersFaultAndNoErrorOfOurs()
    {
        await using var service = await StartAsync(_ => new ForwardResponse());
        var method = new Method<string, ForwardResponse>(
            MethodType.Unary,
            "nymdirectory.v1.RelayService",
            "Forward",
            Marshallers.Create<string>(Encoding.UTF8.GetBytes, _ => string.Empty),
            Marshallers.Create<ForwardResponse>(_ => [], ForwardResponse.Parser.ParseFrom));
        using var call = service.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), "\u007f");
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        service.Logs.AssertNoErrors();
    }

    [Fact]
    public async Task InvokeAsync_UnavailableTwice_SucceedsAtTheThird()
    {
        var attempts = 0;
        await using var service = await StartAsync(
            _ => ++attempts < 3 ? throw ServiceFailure.Of(StatusCode.Unavailable, FailureReason.Storage) : new ForwardResponse());
        var client = new RelayService.RelayServiceClient(service.Channel);
        await ServiceCalls.InvokeAsync(options => client.ForwardAsync(new ForwardRequest(), options), default).Within();
        Assert.Equal(3, attempts);
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, FailureReason.BrokenContract)]
    [InlineData(StatusCode.Internal, FailureReason.Internal)]
    public async Task InvokeAsync_FailureThatWillNotPass_IsNotRepeated(StatusCode status, string reason)
    {
        var attempts = 0;
        await using var service = await StartAsync(_ =>
        {
            attempts++;
            throw ServiceFailure.Of(status, reason);
        });
        var client = new RelayService.RelayServiceClient(service.Channel);
        var failure = await Assert.ThrowsAsync<RpcException>(
            () => ServiceCalls.InvokeAsync(options => client.ForwardAsync(new ForwardRequest(), options), default).Within());
        Assert.Equal((status, 1), (failure.StatusCode, attempts));
    }

    [Fact]
    public async Task InvokeAsync_AttemptHangs_TheNextIsMade()
    {
        var attempts = 0;
        await using var service = await StartAsync(context =>
        {
            if (++attempts == 1)
            {
                context.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(10));
            }

            return new ForwardResponse();
        });
        var client = new RelayService.RelayServiceClient(service.Channel);
        await ServiceCalls.InvokeAsync(options => client.ForwardAsync(new ForwardRequest(), options), default).Within();
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Health_NotReady_LiveSaysSoAndReadyDoesNot()
    {
        var ready = false;
        await using var service = await StartAsync(
            _ => new ForwardResponse(),
            builder => builder.Services.AddHealthChecks().AddCheck(
                "test", () => ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(), [ServiceHost.ReadyTag]));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(service, "/healthz/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(service, "/healthz/ready"));
        Assert.Equal(1, await ProbeAsync(service));
        ready = true;
        Assert.Equal(HttpStatusCode.OK, await GetAsync(service, "/healthz/ready"));
        Assert.Equal(0, await ProbeAsync(service));
        var grpc = await new Grpc.Health.V1.Health.HealthClient(service.Channel).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, grpc.Status);
    }

    [Fact]
    public async Task RunAsync_UrlThatIsNone_SaysSoInOneLineAndEndsWithOne() =>
        Assert.Equal(1, await ServiceHost.RunAsync(Service, ["--urls=ftp://nowhere"], args => Build(args, null, _ => new ForwardResponse())));

    [Fact]
    public async Task RunAsync_AddressInUse_EndsWithOne()
    {
        await using var service = await StartAsync(_ => new ForwardResponse());
        string[] args = [$"--urls={service.Address}", "--Health:Url=http://127.0.0.1:0"];
        Assert.Equal(1, await ServiceHost.RunAsync(Service, args, arguments => Build(arguments, null, _ => new ForwardResponse())).Within());
    }

    [Theory]
    [InlineData("--urls=http://127.0.0.1:0", "--OTEL_EXPORTER_OTLP_ENDPOINT=collector")]
    [InlineData("--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Loud")]
    [InlineData("--urls=http://127.0.0.1:0", "--Services:Relay=static:///host:port")]
    public async Task RunAsync_SettingThatCannotWork_EndsWithOne(params string[] settings)
    {
        string[] args = ["--Health:Url=http://127.0.0.1:0", .. settings];
        Assert.Equal(1, await ServiceHost.RunAsync(Service, args, arguments => Build(arguments, UseRelayAndEnd, _ => new ForwardResponse())).Within());
    }

    [Fact]
    public async Task RunAsync_AFolderThatIsAFile_EndsWithOne() => Assert.Equal(1, await ServiceHost.RunAsync(
        Service, [], _ => throw new IOException("The file '/data' already exists.")));

    [Fact]
    public async Task RunAsync_APartThatFails_EndsWithOne()
    {
        string[] args = ["--urls=http://127.0.0.1:0", "--Health:Url=http://127.0.0.1:0"];
        void AddPart(WebApplicationBuilder builder) => builder.Services.AddHostedService<FailingPart>();
        Assert.Equal(1, await ServiceHost.RunAsync(Service, args, arguments => Build(arguments, AddPart, _ => new ForwardResponse())).Within());
    }

    private static void UseRelayAndEnd(WebApplicationBuilder builder) => builder.Services.AddHostedService<EndingPart>();

    private static Task<ServiceUnderTest> StartAsync(Func<ServerCallContext, ForwardResponse> answer, Action<WebApplicationBuilder>? configure = null) =>
        ServiceUnderTest.StartAsync((args, change) => Build(args, change, answer), configure: configure);

    private static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure, Func<ServerCallContext, ForwardResponse> answer)
    {
        var builder = ServiceHost.CreateBuilder(Service, args);
        builder.Services.AddSingleton(answer);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapGrpcService<AnsweringRelay>();
        return app;
    }

    private static async Task ForwardAsync(ServiceUnderTest service) =>
        await new RelayService.RelayServiceClient(service.Channel).ForwardAsync(new ForwardRequest());

    private static async Task<HttpStatusCode> GetAsync(ServiceUnderTest service, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var response = await client.GetAsync(new Uri(service.HealthAddress + path));
        return response.StatusCode;
    }

    private static Task<int> ProbeAsync(ServiceUnderTest service) =>
        ServiceHost.RunAsync(Service, ["--health", $"--Health:Url={service.HealthAddress}"], _ => throw new InvalidOperationException("no host for a probe"));

    private static IEnumerable<string> OurLines(ServiceUnderTest service) =>
        service.Logs.Entries.Where(entry => entry.Category.StartsWith("NymDirectory", StringComparison.Ordinal)).Select(entry => entry.ToString());
}

public sealed class AnsweringRelay(Func<ServerCallContext, ForwardResponse> answer) : RelayService.RelayServiceBase
{
    public override Task<ForwardResponse> Forward(ForwardRequest request, ServerCallContext context) => Task.Run(() => answer(context));
}

internal sealed class FailingPart : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        throw new NotSupportedException("as if it were broken");
    }
}

internal sealed class EndingPart(ServiceChannels channels, IOptions<ServiceAddresses> addresses, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = channels.For(addresses.Value.Relay);
        lifetime.StopApplication();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
