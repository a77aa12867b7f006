using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Logging;
using NymDirectory.Localnet.Packets;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.ReplyBlocks;

/// <summary>
/// Sends replies by the blocks of their tags, and asks for more when a tag runs short. What becomes ready is handed to <paramref
/// name="send"/>, in order for each tag.
/// </summary>
internal sealed class ReplyDispatcher(
    NymAddress self, ReplyBlockSettings settings, Action<OutgoingMessage> send, ILogger log, TimeProvider time)
{
    /// <summary>How often <see cref="Inspect()"/> is to be called.</summary>
    public static readonly TimeSpan InspectionInterval = TimeSpan.FromSeconds(5);

    private const int MinAsked = 10;
    private const int MaxAsked = 50;
    private const int MaxAskedAgain = 6;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HopelessAfter = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<SenderTag, TagStock> _tags = [];
    private readonly HashSet<SenderTag> _warned = [];

    // Apart, since each reply on a lane asks what waits there: with very many tags that would be all there is time for.
    private readonly HashSet<TagStock> _waiting = [];

    /// <summary>How many tags are known.</summary>
    public int Tags
    {
        get
        {
            lock (_gate)
            {
                return _tags.Count;
            }
        }
    }

    /// <summary>New blocks came under a tag.</summary>
    public void Receive(SenderTag tag, IEnumerable<ReplyBlock> blocks)
    {
        lock (_gate)
        {
            var stock = FindOrAdd(tag);
            stock.Add(blocks, time.GetUtcNow());
            while (stock.TakeReady(settings.MinimumStorageThreshold) is { } ready)
            {
                send(ToMessage(ready));
            }

            NoteWaiting(stock);
            AskIfShort(stock);
        }
    }

    /// <summary>
    /// Takes a reply. It comes back when it can leave at once, so that the caller can wait for room in the output; null: it waits for
    /// blocks here, or was dropped.
    /// </summary>
    public OutgoingMessage? Reply(SenderTag tag, ReadOnlyMemory<byte> content, ulong? lane)
    {
        lock (_gate)
        {
            if (!_tags.TryGetValue(tag, out var stock))
            {
                WarnOnce(tag);
                return null;
            }

            // Later replies wait behind earlier ones: what is there already goes to those.
            var first = !stock.HasPending;
            stock.AddPending(new PendingReply(content.ToArray(), PacketCount.Of(content.Length), lane), time.GetUtcNow());
            var ready = first ? stock.TakeReady(settings.MinimumStorageThreshold) : null;
            NoteWaiting(stock);
            AskIfShort(stock);
            return ready is null ? null : ToMessage(ready);
        }
    }

    /// <summary>How many packets of a lane wait for blocks.</summary>
    public int WaitingOn(ulong lane)
    {
        lock (_gate)
        {
            return _waiting.Sum(stock => stock.LackingOn(lane));
        }
    }

    /// <summary>Every five seconds: ask again where blocks have not come, give up where that has no prospect. Nobody is told.</summary>
    public void Inspect()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var stock in _waiting.ToList())
            {
                Inspect(stock, now);
            }
        }
    }

    /// <summary>The tags and their blocks, for the flush.</summary>
    public IReadOnlyList<StoredTag> Snapshot()
    {
        lock (_gate)
        {
            return [.. _tags.Select(tag => new StoredTag(tag.Key, tag.Value.LastReceived, [.. tag.Value.Blocks]))];
        }
    }

    /// <summary>What a flush kept.</summary>
    public void Restore(StoredTag stored)
    {
        lock (_gate)
        {
            var stock = new TagStock(stored.LastReceived);
            stock.Add(stored.Blocks, stored.LastReceived);
            _tags[stored.Tag] = stock;
        }
    }

    private TagStock FindOrAdd(SenderTag tag)
    {
        if (!_tags.TryGetValue(tag, out var stock))
        {
            _tags[tag] = stock = new TagStock(time.GetUtcNow());
        }

        return stock;
    }

    private void NoteWaiting(TagStock stock)
    {
        if (stock.HasPending)
        {
            _waiting.Add(stock);
        }
        else
        {
            _waiting.Remove(stock);
        }
    }

    private void WarnOnce(SenderTag tag)
    {
        if (_warned.Add(tag))
        {
            ReplyLog.UnknownTag(log, new PlainTag(tag));
        }
    }

    private void Inspect(TagStock stock, DateTimeOffset now)
    {
        var quietSince = stock.ShortSince > stock.LastReceived ? stock.ShortSince.Value : stock.LastReceived;
        if (now - stock.LastReceived > HopelessAfter)
        {
            DropAll(stock);
        }
        else if (now - quietSince >= AskAgainAfter)
        {
            AskAgain(stock);
        }
    }

    private void DropAll(TagStock stock)
    {
        var dropped = stock.DropPending();
        NoteWaiting(stock);
        ReplyLog.Dropped(log, dropped);
    }

    private void AskAgain(TagStock stock)
    {
        if (stock.AskedAgain == MaxAskedAgain)
        {
            DropAll(stock);
            return;
        }

        stock.AskedAgain++;
        stock.Expected = 0;
        AskIfShort(stock);
    }

    private void AskIfShort(TagStock stock)
    {
        if (!stock.HasPending && settings.MinimumThresholdBuffer == 0)
        {
            return;
        }

        var needed = stock.Lacking + settings.MinimumStorageThreshold + settings.MinimumThresholdBuffer;
        var coming = stock.Blocks.Count + stock.Expected;
        if (coming >= needed || coming >= settings.MaximumStorageThreshold)
        {
            return;
        }

        if (!stock.TryTakeLast(out var block))
        {
            ReplyLog.NothingToAskBy(log);
            return;
        }

        var amount = Math.Clamp(needed - coming, MinAsked, MaxAsked);
        stock.Expected += amount;
        ReplyLog.Asking(log, amount);
        send(new OutgoingMessage(block.ReturnAddress, 1, MixMessageWriter.Write(new ReplyBlockRequest(block.Key, self, amount)), Lane: null));
    }

    private static OutgoingMessage ToMessage(PendingReply reply)
    {
        var keys = reply.Blocks.Select(block => block.Key).ToArray();
        var payload = MixMessageWriter.Write(new ReplyMessage(keys, reply.Content));
        return new OutgoingMessage(reply.Blocks[0].ReturnAddress, reply.Packets, payload, reply.Lane);
    }
}
