using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Responses in the binary form.</summary>
internal static class BinaryResponses
{
    private const byte Error = 0x00;
    private const byte Received = 0x01;
    private const byte SelfAddress = 0x02;
    private const byte LaneQueueLength = 0x03;

    private static readonly NymCodecError Empty = new(NymErrorCode.EmptyResponse, "no data provided");
    private static readonly NymCodecError TooShort = new(NymErrorCode.TooShortResponse, "the fixed part is incomplete");
    private static readonly NymCodecError Unknown = new(NymErrorCode.UnknownResponse, "no such response tag");
    private static readonly NymCodecError WrongLength = new(NymErrorCode.MalformedResponse, "the length does not agree with the data");
    private static readonly NymCodecError WrongFlag = new(NymErrorCode.MalformedResponse, "the sender tag flag is neither 0 nor 1");
    private static readonly NymCodecError NotUtf8 = new(NymErrorCode.MalformedResponse, "the error text is not UTF-8");

    public static void Write(IBufferWriter<byte> output, NymResponse response)
    {
        switch (response)
        {
            case ErrorResponse error:
                output.Byte(Error).Byte((byte)error.Code).Data(Encoding.UTF8.GetBytes(error.Message));
                break;
            case ReceivedResponse { SenderTag: { } tag } received:
                output.Byte(Received).Byte(1).Tag(tag).Data(received.Message.Span);
                break;
            case ReceivedResponse received:
                output.Byte(Received).Byte(0).Data(received.Message.Span);
                break;
            case SelfAddressResponse self:
                output.Byte(SelfAddress).Address(self.Address);
                break;
            case LaneQueueLengthResponse lane:
                output.Byte(LaneQueueLength).UInt64(lane.Lane).UInt64(lane.QueueLength);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public static bool TryRead(
        ReadOnlyMemory<byte> frame,
        [NotNullWhen(true)] out NymResponse? response,
        [NotNullWhen(false)] out NymCodecError? error)
    {
        response = null;
        error = CheckLength(frame.Span);
        if (error is null)
        {
            (response, error) = ReadChecked(new BinaryCursor(frame));
        }

        return response is not null;
    }

    private static NymCodecError? CheckLength(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
        {
            return Empty;
        }

        var (length, hasData) = frame[0] switch
        {
            Error => (1 + sizeof(ulong), true),
            Received when frame.Length > 1 && frame[1] == 1 => (1 + SenderTag.Size + sizeof(ulong), true),
            Received => (1 + sizeof(ulong), true),
            SelfAddress => (NymAddress.Size, false),
            LaneQueueLength => (2 * sizeof(ulong), false),
            _ => (-1, false),
        };
        return length < 0 ? Unknown
            : frame.Length - 1 < length ? TooShort
            : frame.Length - 1 > length && !hasData ? WrongLength
            : null;
    }

    private static (NymResponse?, NymCodecError?) ReadChecked(BinaryCursor cursor) => cursor.Byte() switch
    {
        Error => ReadError(ref cursor),
        Received => ReadReceived(ref cursor),
        SelfAddress => (new SelfAddressResponse(cursor.Address()), null),
        _ => (new LaneQueueLengthResponse(cursor.UInt64(), cursor.UInt64()), null),
    };

    private static (NymResponse?, NymCodecError?) ReadError(ref BinaryCursor cursor)
    {
        var code = NymErrorCodes.FromByte(cursor.Byte());
        if (!cursor.TryData(out var text))
        {
            return (null, WrongLength);
        }

        return Utf8.IsValid(text.Span) ? (new ErrorResponse(code, Encoding.UTF8.GetString(text.Span)), null) : (null, NotUtf8);
    }

    private static (NymResponse?, NymCodecError?) ReadReceived(ref BinaryCursor cursor)
    {
        var hasTag = cursor.Byte();
        if (hasTag > 1)
        {
            return (null, WrongFlag);
        }

        SenderTag? tag = hasTag == 1 ? cursor.Tag() : null;
        return cursor.TryData(out var message) ? (new ReceivedResponse(message, tag), null) : (null, WrongLength);
    }
}
