using System.Text;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Transport;

public sealed class NymClientTransportTests
{
    [Fact]
    public async Task SelfAddress_IsNymClientsOwn()
    {
        await using var wired = await Wired.StartAsync();
        var asking = wired.Transport.SelfAddressAsync(CancellationToken.None).AsTask();
        await wired.AnswerAsync();
        Assert.Equal(People.AddressOf(7), await asking.Within());
    }

    [Fact]
    public async Task SendAnonymous_CarriesRecipientSurbsAndBytes()
    {
        await using var wired = await Wired.StartAsync();
        var sending = wired.Transport.SendAnonymousAsync(People.NodeAddress, "hello"u8.ToArray(), 14, CancellationToken.None).AsTask();
        var request = Assert.IsType<SendAnonymousRequest>(await wired.AnswerAsync());
        await sending.Within();

        Assert.Equal((People.NodeAddress, 14u, "hello"), (request.Recipient, request.ReplySurbs, Encoding.UTF8.GetString(request.Message.Span)));
    }

    [Fact]
    public async Task Send_HasNoSurbs()
    {
        await using var wired = await Wired.StartAsync();
        var sending = wired.Transport.SendAsync(People.NodeAddress, "x"u8.ToArray(), CancellationToken.None).AsTask();
        Assert.IsType<SendRequest>(await wired.AnswerAsync());
        await sending.Within();
    }

    [Fact]
    public async Task Send_Refused_IsAnIOException()
    {
        await using var wired = await Wired.StartAsync();
        var sending = wired.Transport.SendAsync(People.NodeAddress, "x"u8.ToArray(), CancellationToken.None).AsTask();
        await wired.Peer.ReadAsync().Within();
        await wired.Peer.SendAsync(new ErrorResponse(NymErrorCode.MalformedRequest, "no"));
        await Assert.ThrowsAsync<IOException>(() => sending.Within());
    }

    [Fact]
    public async Task Send_ConnectionDropped_IsAnIOException()
    {
        await using var wired = await Wired.StartAsync();
        var sending = wired.Transport.SendAsync(People.NodeAddress, "x"u8.ToArray(), CancellationToken.None).AsTask();
        await wired.Peer.ReadAsync().Within();
        wired.Peer.Drop();
        await Assert.ThrowsAsync<IOException>(() => sending.Within());
    }

    [Fact]
    public async Task Receive_GivesTheBytesAsTheyCame()
    {
        await using var wired = await Wired.StartAsync();
        byte[] message = [0xff, 0x00, .. Encoding.UTF8.GetBytes("zażółć")];
        await wired.Peer.SendAsync(new ReceivedResponse(message, null));
        await using var received = wired.Transport.ReceiveAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await received.MoveNextAsync().AsTask().Within());
        Assert.Equal(message, received.Current.ToArray());
    }

    [Fact]
    public async Task AfterDispose_EverythingEnds()
    {
        await using var wired = await Wired.StartAsync();
        await wired.Connection.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => wired.Transport.SendAsync(People.NodeAddress, "x"u8.ToArray(), CancellationToken.None).AsTask().Within());
        await Assert.ThrowsAsync<IOException>(() => wired.Transport.SelfAddressAsync(CancellationToken.None).AsTask().Within());
        await using var received = wired.Transport.ReceiveAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.False(await received.MoveNextAsync().AsTask().Within());
    }
}
