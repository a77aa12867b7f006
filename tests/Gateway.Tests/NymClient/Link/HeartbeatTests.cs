using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.NymClient.Runs;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Link;

/// <summary>The message to itself, against nym-client's side of the wire.</summary>
public sealed class HeartbeatTests : IAsyncLifetime, IDisposable
{
    private static readonly NymAddress Self = NymAddress.FromBytes([.. Enumerable.Range(0, NymAddress.Size).Select(i => (byte)i)]);
    private static readonly SenderTag OwnTag = SenderTag.FromBytes([.. Enumerable.Repeat((byte)9, SenderTag.Size)]);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeNymClientServer _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<SendAnonymousRequest> _beats = Channel.CreateUnbounded<SendAnonymousRequest>();
    private TestNode _node = null!;
    private FakeNymClientPeer _peer = null!;
    private volatile bool _stuck;

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync(_folder.Path, _time, ("NymClient:Managed", "false"), ("NymClient:Port", $"{_server.Endpoint.Port}"));
        _peer = await _server.AcceptAsync().Within();
        _ = _peer.ServeAsync(Answer);
        await _node.ReadyAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _node.DisposeAsync();
        _node.Logs.AssertNoErrors();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Beat_EveryTenMinutes_IsAnotherMessageAndNobodyElseSeesIt()
    {
        var first = await ReturnNextAsync();
        _time.Advance(TimeSpan.FromMinutes(9.9));
        Assert.False(_beats.Reader.TryRead(out _));

        var second = await ReturnNextAsync();

        Assert.Equal((Self, 30u), (second.Recipient, second.ReplySurbs));
        Assert.False(first.Message.Span.SequenceEqual(second.Message.Span));
        Assert.Equal(0, _node.Intake.Depth);
        await Eventually.True(() => _node.Get<RunKeeper>().OwnTag == _node.Sealer.Seal(OwnTag));
        Assert.DoesNotContain("did not come back", _node.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beat_StaysAway_IsSaidAndNothingElseHappens()
    {
        _ = await NextAsync();
        _ = await NextAsync();
        await Eventually.True(() => _node.Logs.Text.Contains("(1 in a row)", StringComparison.Ordinal));

        Assert.True(_node.Status.Ready);
        await ReturnNextAsync();
        await Eventually.True(() => _node.Logs.Text.Contains("came back through the mixnet, after 2 that did not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beat_NymClientStuck_TakesUpOnePlaceOnly()
    {
        await ReturnNextAsync();
        _stuck = true;
        _ = await NextAsync();
        for (int count = 1; count <= 4; count++)
        {
            await Eventually.True(() =>
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                return _node.Logs.Text.Contains($"({count} in a row)", StringComparison.Ordinal);
            });
        }

        Assert.False(_beats.Reader.TryRead(out _));
        Assert.True(_node.Status.Ready);
    }

    private NymResponse? Answer(NymRequest request)
    {
        if (request is SendAnonymousRequest beat)
        {
            _beats.Writer.TryWrite(beat);
            return _stuck ? null : FakeNymClientPeer.Usual(request, Self);
        }

        return FakeNymClientPeer.Usual(request, Self);
    }

    private async Task<SendAnonymousRequest> NextAsync()
    {
        SendAnonymousRequest? beat = null;
        await Eventually.True(() =>
        {
            if (_beats.Reader.TryRead(out beat))
            {
                return true;
            }

            _time.Advance(TimeSpan.FromMinutes(1));
            return false;
        });
        return beat!;
    }

    private async Task<SendAnonymousRequest> ReturnNextAsync()
    {
        var beat = await NextAsync();
        await _peer.SendAsync(new ReceivedResponse(beat.Message, OwnTag));
        await Eventually.True(() => _node.Get<RunKeeper>().OwnTag is not null);
        return beat;
    }
}
