using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Requests in the binary form.</summary>
internal static class BinaryRequests
{
    private const byte Send = 0x00;
    private const byte SendAnonymous = 0x01;
    private const byte Reply = 0x02;
    private const byte SelfAddress = 0x03;
    private const byte ClosedConnection = 0x04;
    private const byte LaneQueueLength = 0x05;

    private const int IdAndLength = 2 * sizeof(ulong);

    private static readonly NymCodecError Empty = new(NymErrorCode.EmptyRequest, "no data provided");
    private static readonly NymCodecError TooShort = new(NymErrorCode.TooShortRequest, "the fixed part is incomplete");
    private static readonly NymCodecError Unknown = new(NymErrorCode.UnknownRequest, "no such request tag");
    private static readonly NymCodecError WrongLength = new(NymErrorCode.MalformedRequest, "the length does not agree with the data");

    public static void Write(IBufferWriter<byte> output, NymRequest request)
    {
        switch (request)
        {
            case SendRequest send:
                output.Byte(Send).Address(send.Recipient).UInt64(send.ConnectionId ?? 0).Data(send.Message.Span);
                break;
            case SendAnonymousRequest send:
                output.Byte(SendAnonymous).UInt32(send.ReplySurbs).Address(send.Recipient).UInt64(send.ConnectionId ?? 0).Data(send.Message.Span);
                break;
            case ReplyRequest reply:
                output.Byte(Reply).Tag(reply.SenderTag).UInt64(reply.ConnectionId ?? 0).Data(reply.Message.Span);
                break;
            case SelfAddressRequest:
                output.Byte(SelfAddress);
                break;
            case ClosedConnectionRequest closed:
                output.Byte(ClosedConnection).UInt64(closed.ConnectionId);
                break;
            case LaneQueueLengthRequest lane:
                output.Byte(LaneQueueLength).UInt64(lane.ConnectionId);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public static bool TryRead(
        ReadOnlyMemory<byte> frame,
        [NotNullWhen(true)] out NymRequest? request,
        [NotNullWhen(false)] out NymCodecError? error)
    {
        request = null;
        error = CheckLength(frame.Span);
        if (error is not null)
        {
            return false;
        }

        request = ReadChecked(new BinaryCursor(frame));
        error = request is null ? WrongLength : null;
        return request is not null;
    }

    private static NymCodecError? CheckLength(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
        {
            return Empty;
        }

        var (length, hasData) = frame[0] switch
        {
            Send => (NymAddress.Size + IdAndLength, true),
            SendAnonymous => (sizeof(uint) + NymAddress.Size + IdAndLength, true),
            Reply => (SenderTag.Size + IdAndLength, true),
            SelfAddress => (0, false),
            ClosedConnection or LaneQueueLength => (sizeof(ulong), false),
            _ => (-1, false),
        };
        return length < 0 ? Unknown
            : frame.Length - 1 < length ? TooShort
            : frame.Length - 1 > length && !hasData ? WrongLength
            : null;
    }

    private static NymRequest? ReadChecked(BinaryCursor cursor) => cursor.Byte() switch
    {
        Send => ReadSend(ref cursor),
        SendAnonymous => ReadSendAnonymous(ref cursor),
        Reply => ReadReply(ref cursor),
        SelfAddress => new SelfAddressRequest(),
        ClosedConnection => new ClosedConnectionRequest(cursor.UInt64()),
        _ => new LaneQueueLengthRequest(cursor.UInt64()),
    };

    private static SendRequest? ReadSend(ref BinaryCursor cursor)
    {
        var recipient = cursor.Address();
        var connectionId = ConnectionId(cursor.UInt64());
        return cursor.TryData(out var message) ? new SendRequest(recipient, message, connectionId) : null;
    }

    private static SendAnonymousRequest? ReadSendAnonymous(ref BinaryCursor cursor)
    {
        var replySurbs = cursor.UInt32();
        var recipient = cursor.Address();
        var connectionId = ConnectionId(cursor.UInt64());
        return cursor.TryData(out var message) ? new SendAnonymousRequest(recipient, message, replySurbs, connectionId) : null;
    }

    private static ReplyRequest? ReadReply(ref BinaryCursor cursor)
    {
        var tag = cursor.Tag();
        var connectionId = ConnectionId(cursor.UInt64());
        return cursor.TryData(out var message) ? new ReplyRequest(tag, message, connectionId) : null;
    }

    private static ulong? ConnectionId(ulong value) => value == 0 ? null : value;
}
