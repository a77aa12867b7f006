using Microsoft.Extensions.Logging.Abstractions;
using NymDirectory.Client.Tests.Fakes;
using NymDirectory.Client.Transport;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Client.Tests.Transport;

/// <summary>A transport over a real socket to a nym-client of the test's.</summary>
internal sealed class Wired : IAsyncDisposable
{
    private readonly FakeNymClientServer _server = new();

    private Wired()
    {
        Connection = NymClientConnection.Start(_server.Endpoint, new NymClientConnectionOptions(), NullLogger.Instance, TimeProvider.System);
        Transport = new NymClientTransport(Connection);
    }

    public NymClientConnection Connection { get; }

    public NymClientTransport Transport { get; }

    public FakeNymClientPeer Peer { get; private set; } = null!;

    public static async Task<Wired> StartAsync()
    {
        var wired = new Wired();
        wired.Peer = await wired._server.AcceptAsync().Within();
        return wired;
    }

    /// <summary>Reads one request and answers it as nym-client does when all is well.</summary>
    public async Task<NymRequest> AnswerAsync()
    {
        var request = (await Peer.ReadAsync().Within())!;
        await Peer.SendAsync(FakeNymClientPeer.Usual(request, People.AddressOf(7))!);
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        // nym-client answers no Close frame; without this each test would wait for the patience to end.
        Peer.Drop();
        await Connection.DisposeAsync();
        await _server.DisposeAsync();
    }
}
