using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Mixnet.Tests.Connections;

[SuppressMessage("Design", "CA1001", Justification = "xunit ends its fields by IAsyncLifetime")]
public sealed class NymClientConnectionTests : IAsyncLifetime
{
    private readonly FakeNymClientServer _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLoggerProvider _logs = new();
    private readonly ConcurrentQueue<NymDropReason> _drops = [];
    private readonly List<Task> _serving = [];
    private NymClientConnection? _connection;

    private NymClientConnection Connection => _connection!;

    public Task InitializeAsync()
    {
        var options = new NymClientConnectionOptions { ReceivedCapacity = 3, OnDropped = _drops.Enqueue, Jitter = () => 1 };
        _connection = NymClientConnection.Start(_server.Endpoint, options, _logs.CreateLogger("connection"), _time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await Connection.DisposeAsync().AsTask().Within();
        await Task.WhenAll(_serving).Within();
        _logs.AssertNoErrors();
    }

    [Fact]
    public async Task Requests_OfEveryKind_AreMadeOnOneRandomLane()
    {
        var requests = new List<NymRequest>();
        await ServeNextAsync(request =>
        {
            requests.Add(request);
            return FakeNymClientPeer.Usual(request, Samples.Address);
        });

        Assert.Equal(Samples.Address, await Connection.SelfAddressAsync(CancellationToken.None).Within());
        Assert.Equal(new NymAnswer.Taken(0), await Connection.SendAsync(Samples.Address, "a"u8.ToArray(), CancellationToken.None).Within());
        Assert.Equal(new NymAnswer.Taken(0), await Connection.SendAnonymousAsync(Samples.Address, "b"u8.ToArray(), 20, CancellationToken.None).Within());
        Assert.Equal(new NymAnswer.Taken(0), await Connection.ReplyAsync(Samples.Tag, "c"u8.ToArray(), CancellationToken.None).Within());

        Assert.IsType<SelfAddressRequest>(requests[0]);
        var lane = Assert.IsType<SendRequest>(requests[1]).ConnectionId;
        Assert.NotNull(lane);
        Assert.True(Samples.Same(new SendAnonymousRequest(Samples.Address, "b"u8.ToArray(), 20, lane), requests[2]));
        Assert.True(Samples.Same(new ReplyRequest(Samples.Tag, "c"u8.ToArray(), lane), requests[3]));
    }

    [Fact]
    public async Task Drop_RequestUnderWay_IsLostAndTheNextOneWaitsForTheNextConnection()
    {
        var peer = await _server.AcceptAsync().Within();
        var lost = Connection.SendAsync(Samples.Address, default, CancellationToken.None);
        var firstLane = Assert.IsType<SendRequest>(await peer.ReadAsync().Within()).ConnectionId;
        peer.Drop();
        Assert.IsType<NymAnswer.ConnectionLost>(await lost.Within());
        await WaitForAsync(NymClientConnectionState.WaitingToReconnect);

        var waiting = Connection.SendAsync(Samples.Address, default, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        var next = await _server.AcceptAsync().Within();
        var nextLane = Assert.IsType<SendRequest>(await next.ReadAsync().Within()).ConnectionId;
        await next.SendAsync(new LaneQueueLengthResponse(nextLane!.Value, 4));

        Assert.Equal(new NymAnswer.Taken(4), await waiting.Within());
        Assert.NotEqual(firstLane, nextLane);
    }

    [Fact]
    public async Task SelfAddressAsync_DroppedBeforeTheAnswer_IsAskedAgain()
    {
        var peer = await _server.AcceptAsync().Within();
        var asking = Connection.SelfAddressAsync(CancellationToken.None);
        await peer.ReadAsync(1).Within();
        peer.Drop();
        await WaitForAsync(NymClientConnectionState.WaitingToReconnect);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await ServeNextAsync(request => FakeNymClientPeer.Usual(request, Samples.Address));
        Assert.Equal(Samples.Address, await asking.Within());
    }

    [Fact]
    public async Task SelfAddressAsync_Refused_Throws()
    {
        await ServeNextAsync(_ => new ErrorResponse(NymErrorCode.Other, "canary"));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Connection.SelfAddressAsync(CancellationToken.None).Within());
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drop_AgainAndAgain_PausesDoubleAndAStableConnectionResetsThem()
    {
        foreach (var pause in new[] { 0.5, 1, 2 })
        {
            (await _server.AcceptAsync().Within()).Drop();
            await ReconnectsAfterAsync(pause);
        }

        var stable = await _server.AcceptAsync().Within();
        await WaitForAsync(NymClientConnectionState.Connected);
        _time.Advance(TimeSpan.FromSeconds(60));
        stable.Drop();
        await ReconnectsAfterAsync(4, isReset: true);
    }

    [Fact]
    public async Task Received_NobodyReads_KeepsTheFirstAndCountsTheRest()
    {
        var peer = await _server.AcceptAsync().Within();
        for (byte i = 0; i < 5; i++)
        {
            await peer.SendAsync(new ReceivedResponse(new[] { i }, null));
        }

        await Eventually.True(() => Connection.Dropped == 2);
        Assert.Equal([NymDropReason.QueueFull, NymDropReason.QueueFull], _drops);
        for (byte i = 0; i < 3; i++)
        {
            Assert.Equal([i], (await Connection.Received.ReadAsync()).Message.ToArray());
        }
    }

    [Fact]
    public async Task Received_OverTwoConnections_GoesOn()
    {
        var first = await _server.AcceptAsync().Within();
        await first.SendAsync(new ReceivedResponse("one"u8.ToArray(), null));
        Assert.Equal("one"u8.ToArray(), (await Connection.Received.ReadAsync().AsTask().Within()).Message.ToArray());
        first.Drop();
        await WaitForAsync(NymClientConnectionState.WaitingToReconnect);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        var second = await _server.AcceptAsync().Within();
        await second.SendAsync(new ReceivedResponse("two"u8.ToArray(), null), text: true);
        Assert.Equal("two"u8.ToArray(), (await Connection.Received.ReadAsync().AsTask().Within()).Message.ToArray());
    }

    [Fact]
    public async Task SendAsync_NoConnection_WaitsUpToItsToken()
    {
        (await _server.AcceptAsync().Within()).Drop();
        await WaitForAsync(NymClientConnectionState.WaitingToReconnect);
        using var giveUp = new CancellationTokenSource();
        var sending = Connection.SendAsync(Samples.Address, default, giveUp.Token);
        Assert.False(sending.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Within());
    }

    [Fact]
    public async Task DisposeAsync_WhileRequestsWait_EndsThemAll()
    {
        (await _server.AcceptAsync().Within()).Drop();
        await WaitForAsync(NymClientConnectionState.WaitingToReconnect);
        var states = new ConcurrentQueue<NymClientConnectionState>();
        Connection.StateChanged += (_, state) => states.Enqueue(state);
        var sending = Connection.SendAsync(Samples.Address, default, CancellationToken.None);
        var asking = Connection.SelfAddressAsync(CancellationToken.None);
        await Connection.DisposeAsync().AsTask().Within();

        Assert.IsType<NymAnswer.ConnectionLost>(await sending.Within());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => asking.Within());
        Assert.IsType<NymAnswer.ConnectionLost>(await Connection.ReplyAsync(Samples.Tag, default, CancellationToken.None).Within());
        Assert.Equal(NymClientConnectionState.Closed, Connection.State);
        Assert.Equal([NymClientConnectionState.Closed], states);
        await Connection.Received.Completion.Within();
    }

    [Fact]
    public async Task DisposeAsync_WhileConnected_SaysGoodbye()
    {
        var peer = await _server.AcceptAsync().Within();
        await WaitForAsync(NymClientConnectionState.Connected);
        var disposing = Connection.DisposeAsync().AsTask();
        Assert.Null(await peer.ReadAsync().Within());
        peer.Drop();
        await disposing.Within();
        Assert.Equal(0, _server.Probes);
    }

    private Task WaitForAsync(NymClientConnectionState state) => Eventually.True(() => Connection.State == state, because: $"{state}");

    private async Task ServeNextAsync(Func<NymRequest, NymResponse?> answer)
    {
        var peer = await _server.AcceptAsync().Within();
        _serving.Add(peer.ServeAsync(answer));
    }

    /// <summary>The next try comes not before and at the end of the pause; if reset, at the end of the first one already.</summary>
    private async Task ReconnectsAfterAsync(double seconds, bool isReset = false)
    {
        await WaitForAsync(NymClientConnectionState.WaitingToReconnect);
        var before = _server.Connections;
        _time.Advance(TimeSpan.FromSeconds(isReset ? 0.49 : seconds - 0.01));
        Assert.Equal(NymClientConnectionState.WaitingToReconnect, Connection.State);
        _time.Advance(TimeSpan.FromSeconds(0.01));
        await Eventually.True(() => _server.Connections == before + 1, because: $"a try after {seconds} s");
    }
}
