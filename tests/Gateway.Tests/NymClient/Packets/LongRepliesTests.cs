using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.NymClient.Packets;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;
using NymDirectory.Mixnet.Tests.Wire;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.NymClient.Packets;

/// <summary>Replies of several packets, which nym-client takes faster than it sends them, against nym-client's side of the wire.</summary>
public sealed class LongRepliesTests : IAsyncLifetime, IDisposable
{
    private const int OnePacket = 1601;
    private const int TwoPackets = 1602;

    private static readonly NymAddress Self = NymAddress.FromBytes([.. Enumerable.Range(0, NymAddress.Size).Select(i => (byte)i)]);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeNymClientServer _server = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<ReplyRequest> _handed = [];
    private readonly ConcurrentDictionary<ulong, ulong> _waiting = [];
    private ulong _usually;
    private int _asked;
    private TestNode _node = null!;

    public async Task InitializeAsync()
    {
        _node = await TestNode.StartAsync(
            _folder.Path, _time, ("NymClient:Managed", "false"), ("NymClient:Port", $"{_server.Endpoint.Port}"), ("NymClient:DrainTime", "00:00:20"));
        var peer = await _server.AcceptAsync().Within();
        _ = peer.ServeAsync(Answer);
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
    public async Task HandOver_LongReplies_NoMoreThanTheWindowUntilSomeHaveLeft()
    {
        _usually = 1;
        await PostAsync(200, TwoPackets);
        await Eventually.True(() => _handed.Count == PacketWindow.Least);
        await TicksAsync(3);
        Assert.Equal(PacketWindow.Least, _handed.Count);

        foreach (var gone in _handed.Take(5))
        {
            _waiting[gone.ConnectionId!.Value] = 0;
        }

        await TickUntilAsync(() => _handed.Count == PacketWindow.Least + 5);
        await TicksAsync(3);
        Assert.Equal(PacketWindow.Least + 5, _handed.Count);
    }

    [Fact]
    public async Task HandOver_RepliesOfOnePacket_AreNotHeldUpAtAll()
    {
        _usually = 1;
        await PostAsync(500, OnePacket);

        await Eventually.True(() => _handed.Count == 500);
        Assert.Equal(0, _node.Get<LongReplies>().Packets);
    }

    [Fact]
    public async Task HandOver_NymClientKeepsUp_AllGo()
    {
        await PostAsync(500, TwoPackets);

        await TickUntilAsync(() => _handed.Count == 500);
    }

    [Fact]
    public async Task HandOver_LanesThatDoNotMove_HoldTheOthersUpForSecondsOnly()
    {
        _usually = 7;
        await PostAsync(PacketWindow.Least, TwoPackets);
        await Eventually.True(() => _handed.Count == PacketWindow.Least);

        await PostAsync(1, OnePacket);
        await TicksAsync(3);
        Assert.Equal(PacketWindow.Least, _handed.Count);

        await TickUntilAsync(() => _handed.Count == PacketWindow.Least + 1);
    }

    private async Task PostAsync(int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            var tag = SealedTag.FromBytes([.. BitConverter.GetBytes(i), .. BitConverter.GetBytes(length), .. new byte[SealedTag.Size - 8]]);
            await _node.Outbox.PostAnswerAsync(new OutboundReply(tag, _node.Status.Run!.Value, new byte[length]), CancellationToken.None);
        }
    }

    private NymResponse? Answer(NymRequest request)
    {
        if (request is ReplyRequest reply)
        {
            _handed.Enqueue(reply);
        }

        if (request is LaneQueueLengthRequest)
        {
            Interlocked.Increment(ref _asked);
        }

        return request is LaneQueueLengthRequest lane
            ? new LaneQueueLengthResponse(lane.ConnectionId, _waiting.GetValueOrDefault(lane.ConnectionId, _usually))
            : FakeNymClientPeer.Usual(request, Self);
    }

    private async Task TicksAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await TickAsync(() => false);
        }
    }

    private async Task TickUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await TickAsync(condition);
        }
    }

    // The lanes are asked for once in each tick while there is no room.
    private async Task TickAsync(Func<bool> orUntil)
    {
        int before = Volatile.Read(ref _asked);
        await Eventually.True(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
                return Volatile.Read(ref _asked) > before || orUntil();
            },
            because: "lanes are asked for");
    }
}
