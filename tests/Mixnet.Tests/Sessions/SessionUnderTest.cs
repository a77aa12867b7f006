using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Mixnet.Tests.Sessions;

/// <summary>A session, the fake it is connected to, and what came out of both. Its clock stands still unless a test moves it.</summary>
internal sealed class SessionUnderTest : IAsyncDisposable
{
    private readonly RecordingLoggerProvider _logs = new();
    private readonly Channel<ReceivedResponse> _received = Channel.CreateUnbounded<ReceivedResponse>();
    private NymClientSession? _session;
    private FakeNymClientPeer? _peer;

    public FakeNymClientServer Server { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public ConcurrentQueue<NymDropReason> Drops { get; } = [];

    public NymClientSession Session => _session!;

    public FakeNymClientPeer Peer => _peer!;

    public RecordingLoggerProvider Logs => _logs;

    public Action<ReceivedResponse>? Received { get; init; }

    public int MaxMessageBytes { get; init; } = 64 * 1024;

    public static async Task<SessionUnderTest> StartAsync(SessionUnderTest? test = null)
    {
        test ??= new SessionUnderTest();
        var accepting = test.Server.AcceptAsync();
        test._session = await test.ConnectAsync(CancellationToken.None).Within();
        test._peer = await accepting.Within();
        return test;
    }

    /// <summary>A handshake that is given up after its time-out cannot but end the TCP connection.</summary>
    public bool MayProbe { get; init; }

    public Task<NymClientSession> ConnectAsync(CancellationToken cancellationToken) =>
        NymClientSession.ConnectAsync(Server.Endpoint, Options(), _logs.CreateLogger("session"), Time, cancellationToken);

    public Task<NymAnswer> Reply(ulong lane, int length = 3, CancellationToken cancellationToken = default) =>
        Session.RequestAsync(new ReplyRequest(Samples.Tag, new byte[length], lane), cancellationToken);

    public async Task<ReceivedResponse> NextReceivedAsync() => await _received.Reader.ReadAsync().AsTask().Within();

    public async ValueTask DisposeAsync()
    {
        _peer?.Drop();
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }

        await Server.DisposeAsync();
        _logs.AssertNoErrors();
        Assert.True(MayProbe || Server.Probes == 0, "A TCP connection ended without a handshake.");
    }

    private NymClientSessionOptions Options() => new()
    {
        OnReceived = Received ?? (received => _received.Writer.TryWrite(received)),
        OnDropped = Drops.Enqueue,
        MaxMessageBytes = MaxMessageBytes,
    };
}
