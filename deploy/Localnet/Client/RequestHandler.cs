using Microsoft.Extensions.Logging;
using NymDirectory.Localnet.Logging;
using NymDirectory.Localnet.Packets;
using NymDirectory.Localnet.ReplyBlocks;
using NymDirectory.Mixnet;

namespace NymDirectory.Localnet.Client;

/// <summary>
/// Does what the application asks. It returns when the request was taken into the queues, and that is when its answer goes out; while the
/// mixnet side is stuck, only requests
/// that do not need it return.
/// </summary>
internal sealed class RequestHandler(
    NymAddress self,
    ReplyDispatcher replies,
    ReplyKeys keys,
    SenderTags tags,
    OutputQueue output,
    LaneBuffers lanes,
    MixnetConditions conditions,
    ILogger log)
{
    private const uint MostReplyBlocks = 10_000;

    /// <summary>Handles a request; null: it has no answer.</summary>
    public async ValueTask<NymResponse?> HandleAsync(NymRequest request, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case SendRequest send:
                RequestLog.Send(log, send.Message.Length, new PlainAddress(send.Recipient));
                return await SendAsync(ToMessage(send), send.ConnectionId, cancellationToken);
            case SendAnonymousRequest { ReplySurbs: > MostReplyBlocks }:
                return new ErrorResponse(NymErrorCode.Other, "Localnet makes at most 10000 reply surbs a message");
            case SendAnonymousRequest anonymous:
                RequestLog.SendAnonymous(log, anonymous.Message.Length, new PlainAddress(anonymous.Recipient), anonymous.ReplySurbs);
                return await SendAsync(ToMessage(anonymous), anonymous.ConnectionId, cancellationToken);
            case ReplyRequest reply:
                RequestLog.Reply(log, reply.Message.Length, new PlainTag(reply.SenderTag));
                return await ReplyAsync(reply, cancellationToken);
            case SelfAddressRequest:
                return new SelfAddressResponse(self);
            case LaneQueueLengthRequest length:
                await conditions.WhileSilentAsync(cancellationToken);
                return new LaneQueueLengthResponse(length.ConnectionId, Length(length.ConnectionId));
            case ClosedConnectionRequest closed:
                lanes.Close(closed.ConnectionId);
                return null;
            default:
                return new ErrorResponse(NymErrorCode.UnknownRequest, "unknown request");
        }
    }

    private static OutgoingMessage ToMessage(SendRequest send) =>
        new(send.Recipient, PacketCount.Of(send.Message.Length), MixMessageWriter.Write(new PlainMessage(send.Message)), send.ConnectionId);

    private OutgoingMessage ToMessage(SendAnonymousRequest send)
    {
        var blocks = (int)send.ReplySurbs;
        var message = new AnonymousMessage(tags.For(send.Recipient), self, keys.Issue(blocks), send.Message);
        return new OutgoingMessage(send.Recipient, PacketCount.Of(send.Message.Length, blocks), MixMessageWriter.Write(message), send.ConnectionId);
    }

    private async ValueTask<NymResponse?> SendAsync(OutgoingMessage message, ulong? lane, CancellationToken cancellationToken)
    {
        await TakeAsync(message, cancellationToken);
        return lane is { } id ? new LaneQueueLengthResponse(id, (ulong)lanes.ReportedLength(id)) : null;
    }

    private async ValueTask<NymResponse?> ReplyAsync(ReplyRequest reply, CancellationToken cancellationToken)
    {
        if (reply.ConnectionId is not null)
        {
            await conditions.WhileSilentAsync(cancellationToken);
        }

        // nym-client asks for the length while the reply is still on its way to where it may have to wait: the answer need not know of it.
        var length = reply.ConnectionId is { } lane ? Length(lane) : 0;
        if (replies.Reply(reply.SenderTag, reply.Message, reply.ConnectionId) is { } ready)
        {
            await TakeAsync(ready, cancellationToken);
        }

        return reply.ConnectionId is { } id ? new LaneQueueLengthResponse(id, length) : null;
    }

    private ulong Length(ulong lane) => (ulong)(lanes.ReportedLength(lane) + replies.WaitingOn(lane));

    private async ValueTask TakeAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.Lane is null)
        {
            output.Take(message);
            return;
        }

        await conditions.WhileSilentAsync(cancellationToken);
        await output.TakeHeldAsync(message, cancellationToken);
    }
}
