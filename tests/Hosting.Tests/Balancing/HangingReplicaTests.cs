using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Contracts.V1;
using NymDirectory.Hosting.Calls;
using NymDirectory.TestKit;

namespace NymDirectory.Hosting.Tests.Balancing;

/// <summary>Three replicas behind one address; one of them takes calls and answers none.</summary>
public sealed class HangingReplicaTests : IAsyncLifetime, IDisposable
{
    private readonly Replica[] _replicas = [new(), new(), new()];
    private readonly ServiceChannels _channels = new(NullLoggerFactory.Instance);
    private RelayService.RelayServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.StartAsync();
        }

        _client = new RelayService.RelayServiceClient(_channels.For("static:///" + string.Join(',', _replicas.Select(replica => replica.Authority))));
        await Eventually.True(async () =>
        {
            await CallAsync();
            return _replicas.All(replica => replica.Calls > 0);
        });
    }

    [Fact]
    public async Task Invoke_OneReplicaHangs_NoCallFailsAndFewGoThere()
    {
        var sick = _replicas[1];
        sick.Hang();
        var before = (sick.Calls, Answered: _replicas.Sum(replica => replica.Answered));
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CallAsync()));
        }

        // Those of the first moments, until half a second without a sign, or the first deadline; then one every now and then.
        Assert.InRange(sick.Calls - before.Calls, 1, 20);
        Assert.Equal(200, _replicas.Sum(replica => replica.Answered) - before.Answered);
    }

    [Fact]
    public async Task Invoke_TheHangingReplicaRecovers_HasWorkAgain()
    {
        var sick = _replicas[2];
        sick.Hang();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CallAsync()));
        sick.Recover();
        var answered = sick.Answered;
        await Eventually.True(async () =>
        {
            await CallAsync();
            return sick.Answered > answered + 5;
        });
    }

    [Fact]
    public async Task Invoke_AllHang_EachIsStillTried()
    {
        Array.ForEach(_replicas, replica => replica.Hang());
        var calls = Enumerable.Range(0, 6).Select(_ => CallAsync()).ToList();
        await Eventually.True(() => _replicas.All(replica => replica.Hanging > 0));
        Array.ForEach(_replicas, replica => replica.Recover());
        await Task.WhenAll(calls).Within();
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
