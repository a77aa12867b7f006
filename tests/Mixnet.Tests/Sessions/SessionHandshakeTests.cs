using System.Net.WebSockets;
using NymDirectory.TestKit;

namespace NymDirectory.Mixnet.Tests.Sessions;

/// <summary>A TCP connection without its handshake makes nym-client abort: none may ever be left.</summary>
public sealed class SessionHandshakeTests
{
    [Fact]
    public async Task ConnectAsync_CancelledDuringTheHandshake_SeesItThroughAndCloses()
    {
        await using var test = new SessionUnderTest();
        var gate = new TaskCompletionSource();
        test.Server.HandshakeGate = gate.Task;
        using var giveUp = new CancellationTokenSource();
        var accepting = test.Server.AcceptAsync();
        var connecting = test.ConnectAsync(giveUp.Token);
        await Eventually.True(() => test.Server.Connections == 1);
        await giveUp.CancelAsync();
        Assert.False(connecting.IsCompleted);

        gate.SetResult();
        var peer = await accepting.Within();
        Assert.Null(await peer.ReadAsync().Within());
        peer.Drop();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Within());
        Assert.Equal(0, test.Server.Probes);
    }

    [Fact]
    public async Task ConnectAsync_CancelledBefore_OpensNoConnection()
    {
        await using var test = new SessionUnderTest();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.ConnectAsync(new CancellationToken(true)));

        // Connections are accepted in order: were there one before this, it would be counted.
        await SessionUnderTest.StartAsync(test);
        Assert.Equal(1, test.Server.Connections);
    }

    [Fact]
    public async Task ConnectAsync_HandshakeNeverEnds_TimesOut()
    {
        await using var test = new SessionUnderTest { MayProbe = true };
        var gate = new TaskCompletionSource();
        test.Server.HandshakeGate = gate.Task;
        var connecting = test.ConnectAsync(CancellationToken.None);
        await Eventually.True(() => test.Server.Connections == 1);
        test.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(connecting.IsCompleted);
        test.Time.Advance(TimeSpan.FromSeconds(0.2));

        await Assert.ThrowsAsync<TimeoutException>(() => connecting.Within());
    }

    [Fact]
    public async Task ConnectAsync_SecondConnection_IsRefused()
    {
        await using var test = await SessionUnderTest.StartAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => test.ConnectAsync(CancellationToken.None).Within());
        Assert.Equal(1, test.Server.Refused);
        Assert.Equal(NymClientSessionState.Open, test.Session.State);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_Throws()
    {
        var test = new SessionUnderTest();
        await test.DisposeAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => test.ConnectAsync(CancellationToken.None).Within());
    }

    [Fact]
    public async Task ConnectAsync_MessagesRightAfterTheHandshake_AreRead()
    {
        await using var test = await SessionUnderTest.StartAsync();
        await test.Peer.SendAsync(new ReceivedResponse("buffered"u8.ToArray(), Samples.Tag), text: true);
        Assert.Equal("buffered"u8.ToArray(), (await test.NextReceivedAsync()).Message.ToArray());
    }
}
