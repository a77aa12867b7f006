using System.Collections.Concurrent;
using System.Text;
using NymDirectory.Gateway.NymClient;
using NymDirectory.Gateway.Sealing;
using NymDirectory.Mixnet;
using NymDirectory.TestKit;

namespace NymDirectory.Gateway.Tests.Fakes;

/// <summary>Stands where the link to nym-client stands: puts messages into the real intake and takes replies out of the real outbox.</summary>
internal sealed class ScriptedNymClient(Intake intake, Outbox outbox, NymClientStatus status) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<SealedTag, ConcurrentQueue<byte[]>> _received = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>What becomes of each reply; null keeps it open.</summary>
    public Func<OutboundReply, ReplyFate?> Fate { get; set; } = _ => ReplyFate.Taken;

    /// <summary>Replies without a fate so far.</summary>
    public ConcurrentQueue<OutboxEntry> Open { get; } = [];

    public RunId Run { get; private set; }

    public void StartRun()
    {
        Run = RunId.New();
        status.SetRun(Run);
        outbox.EndOtherRuns(Run);
        Assert.True(NymAddress.TryParse(Vectors.Load().Handshake.Plaintext, out var address));
        status.SetReady(address);
    }

    public void TakeReplies() => _loop = LoopAsync();

    public void Receive(SealedTag? tag, string message) => Receive(tag, Encoding.UTF8.GetBytes(message));

    public void Receive(SealedTag? tag, byte[] message) =>
        Assert.True(intake.TryAdd(new InboundMessage(tag, Run, message, TimeProvider.System.GetTimestamp())));

    /// <summary>Whether the Gateway takes no more requests: the first thing of its stop.</summary>
    public bool IsIntakeClosed => !intake.TryAdd(new InboundMessage(null, Run, default, 0));

    public static SealedTag Tag(byte number) => SealedTag.FromBytes([.. new byte[SealedTag.Size - 1], number]);

    /// <summary>How many replies that tag has that nobody asked for yet.</summary>
    public int Waiting(SealedTag tag) => Of(tag).Count;

    public async Task<byte[]> NextReplyAsync(SealedTag tag)
    {
        byte[]? reply = null;
        await Eventually.True(() => Of(tag).TryDequeue(out reply), because: "a reply comes");
        return reply!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private ConcurrentQueue<byte[]> Of(SealedTag tag) => _received.GetOrAdd(tag, _ => []);

    private async Task LoopAsync()
    {
        while (true)
        {
            await outbox.WaitAsync(_stop.Token);
            while (outbox.TryTake(out var entry))
            {
                Of(entry.Reply.Tag).Enqueue(entry.Reply.Message.ToArray());
                if (Fate(entry.Reply) is { } fate)
                {
                    entry.End(fate);
                }
                else
                {
                    Open.Enqueue(entry);
                }
            }
        }
    }
}
