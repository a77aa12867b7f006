using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;
using NymDirectory.TestKit;

namespace NymDirectory.Hosting.Tests.Balancing;

/// <summary>Two replicas behind one address; one of them still works on what it was given.</summary>
public sealed class BusyReplicaTests : IAsyncLifetime, IDisposable
{
    private readonly Replica[] _replicas = [new(), new()];
    private readonly ServiceChannels _channels = new(NullLoggerFactory.Instance);
    private RelayService.RelayServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(_replicas.Select(replica => replica.StartAsync()));
        _client = new RelayService.RelayServiceClient(_channels.For("static:///" + string.Join(',', _replicas.Select(replica => replica.Authority))));
        await Eventually.True(async () =>
        {
            await CallAsync();
            return _replicas.All(replica => replica.Calls > 0);
        });
    }

    [Fact]
    public async Task Invoke_OneReplicaIsBusy_TheIdleOneHasTheNextCalls()
    {
        Array.ForEach(_replicas, replica => replica.Hang());
        var held = CallAsync();
        await Eventually.True(() => _replicas.Any(replica => replica.Hanging > 0));
        var (busy, idle) = _replicas[0].Hanging > 0 ? (_replicas[0], _replicas[1]) : (_replicas[1], _replicas[0]);
        idle.Recover();
        var before = (Busy: busy.Calls, Idle: idle.Calls);

        // Well within the half second after which it would count as hanging.
        for (var i = 0; i < 4; i++)
        {
            await CallAsync();
        }

        Assert.Equal((before.Busy, before.Idle + 4), (busy.Calls, idle.Calls));
        busy.Recover();
        await held;
    }

    [Fact]
    public async Task Invoke_NoneIsBusy_EachHasItsTurn()
    {
        var before = _replicas.Select(replica => replica.Calls).ToList();
        for (var i = 0; i < 10; i++)
        {
            await CallAsync();
        }

        Assert.Equal([5, 5], _replicas.Select((replica, i) => replica.Calls - before[i]));
    }

    public void Dispose() => _channels.Dispose();

    public async Task DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            replica.Recover();
            await replica.DisposeAsync();
        }
    }

    private async Task CallAsync() =>
        await ServiceCalls.InvokeAsync(options => _client.ForwardAsync(new ForwardRequest(), options), default).Within(TimeSpan.FromSeconds(30));
}
