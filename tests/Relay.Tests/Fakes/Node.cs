using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NymDirectory.Contracts.V1;
using NymDirectory.TestKit;

namespace NymDirectory.Relay.Tests.Fakes;

/// <summary>A Relay in this process between a Directory and a Gateway of our own making.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ServiceUnderTest _relay;
    private ulong _lastDeliveryId;

    private Node(FakeDirectory directory, FakeGateway gateway, ServiceUnderTest relay)
    {
        (Directory, Gateway, _relay) = (directory, gateway, relay);
        Client = new RelayService.RelayServiceClient(relay.Channel);
    }

    public FakeDirectory Directory { get; }

    public FakeGateway Gateway { get; }

    public RelayService.RelayServiceClient Client { get; }

    public RecordingLoggerProvider Logs => _relay.Logs;

    /// <summary>Parts of error lines that this test means to cause.</summary>
    public string[] ExpectedErrors { get; set; } = [];

    public string HealthAddress => _relay.HealthAddress;

    /// <summary>Starts all three; the vectors' alice and bob are registered.</summary>
    public static async Task<Node> StartAsync(IEnumerable<string>? arguments = null, Action<WebApplicationBuilder>? configure = null)
    {
        var directory = await FakeDirectory.StartAsync();
        var gateway = await FakeGateway.StartAsync();
        directory.Register("alice", Vectors.Load().Keys["alice"].Public);
        directory.Register("bob", Vectors.Load().Keys["bob"].Public);
        var relay = await ServiceUnderTest.StartAsync(
            RelayApp.Build, [$"--Services:Directory={directory.Address}", .. arguments ?? []], configure);
        return new Node(directory, gateway, relay);
    }

    public static ByteString Id() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));

    public static ForwardItem Item(string content, string signature) => new()
    {
        Context = new ItemContext { RequestId = Id() },
        Content = ByteString.CopyFrom(content, Encoding.UTF8),
        Signature = signature,
        Arrival = Route(),
    };

    public static Route Route() => new() { GatewayId = "gateway", RunId = Id(), SealedTag = Id() };

    public T Get<T>()
        where T : notnull => _relay.Services.GetRequiredService<T>();

    public LeasedDelivery Leased(ByteString? lease = null, string? endpoint = null, string content = "{}", string gateway = "gateway") => new()
    {
        DeliveryId = Interlocked.Increment(ref _lastDeliveryId),
        LeaseId = lease ?? Id(),
        Route = new Route(Route()) { GatewayId = gateway },
        GatewayEndpoint = endpoint ?? Gateway.Address,
        RecipientContent = ByteString.CopyFromUtf8(content),
    };

    public async Task<ForwardOutcome.OutcomeOneofCase> ForwardAsync(string content, string signature) =>
        (await ForwardAsync(Item(content, signature))).Single();

    public async Task<IReadOnlyList<ForwardOutcome.OutcomeOneofCase>> ForwardAsync(params ForwardItem[] items)
    {
        var response = await Client.ForwardAsync(new ForwardRequest { Items = { items } });
        return [.. response.Outcomes.Select(outcome => outcome.OutcomeCase)];
    }

    public Task StopRelayAsync() => _relay.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await Gateway.DisposeAsync();
        await Directory.DisposeAsync();
        Logs.AssertNoErrors(ExpectedErrors);
    }
}
