using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.ReplyBlocks;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Client;

/// <summary>
/// Takes what arrives apart: messages for the application, reply blocks, requests for reply blocks. The application's messages are buffered
/// without a bound, connected or not.
/// </summary>
internal sealed class Inbox(
    NymAddress self, ReplyDispatcher replies, ReplyKeys keys, SenderTags tags, Action<OutgoingMessage> send, ILogger log)
{
    private const int MostGiven = 200;

    private readonly Channel<ReceivedResponse> _messages = Channel.CreateUnbounded<ReceivedResponse>();

    /// <summary>Messages for the application, in the order they came.</summary>
    public ChannelReader<ReceivedResponse> Messages => _messages.Reader;

    /// <summary>Takes what arrives until cancelled; nothing while the mixnet side is stuck.</summary>
    public async Task RunAsync(ChannelReader<Delivery> deliveries, MixnetConditions conditions, CancellationToken cancellationToken)
    {
        await foreach (var delivery in deliveries.ReadAllAsync(cancellationToken))
        {
            await conditions.WhileSilentAsync(cancellationToken);
            Take(delivery);
        }
    }

    /// <summary>Takes one thing apart.</summary>
    public void Take(Delivery delivery)
    {
        if (!MixMessageReader.TryRead(delivery.Payload, out var message))
        {
            InboxLog.Unreadable(log);
            return;
        }

        switch (message)
        {
            case PlainMessage plain:
                Give(plain.Content, tag: null);
                break;
            case AnonymousMessage anonymous:
                Stock(anonymous.Tag, anonymous.ReturnAddress, anonymous.Keys, delivery.IsCopy);
                Give(anonymous.Content, anonymous.Tag);
                break;
            case ReplyBlocksMessage blocks:
                Stock(blocks.Tag, blocks.ReturnAddress, blocks.Keys, delivery.IsCopy);
                break;
            case ReplyMessage reply when delivery.IsCopy || Use(reply.Keys):
                Give(reply.Content, tag: null);
                break;
            case ReplyBlockRequest request when !delivery.IsCopy && Use([request.Key]):
                GiveBlocks(request);
                break;
        }
    }

    private void Give(ReadOnlyMemory<byte> content, SenderTag? tag) => _messages.Writer.TryWrite(new ReceivedResponse(content, tag));

    private void Stock(SenderTag tag, NymAddress address, ulong[] blockKeys, bool isCopy)
    {
        if (!isCopy)
        {
            replies.Receive(tag, blockKeys.Select(key => new ReplyBlock(address, key)));
        }
    }

    private bool Use(ulong[] used)
    {
        var known = keys.TryUse(used);
        if (!known)
        {
            InboxLog.UnknownKey(log);
        }

        return known;
    }

    private void GiveBlocks(ReplyBlockRequest request)
    {
        if (!tags.TryGet(request.Asker, out var tag))
        {
            InboxLog.UnknownAsker(log);
            return;
        }

        var amount = Math.Clamp(request.Amount, 0, MostGiven);
        InboxLog.GivingBlocks(log, amount);
        var payload = MixMessageWriter.Write(new ReplyBlocksMessage(tag, self, keys.Issue(amount)));
        send(new OutgoingMessage(request.Asker, PacketCount.Of(0, amount), payload, Lane: null));
    }
}
