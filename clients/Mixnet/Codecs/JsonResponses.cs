using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Responses in the JSON form.</summary>
internal static class JsonResponses
{
    private static readonly NymCodecError NotJson = Malformed("not a JSON object with members of the right types, each once");
    private static readonly NymCodecError UnknownType = Malformed("no such type");
    private static readonly NymCodecError Missing = Malformed("a member is missing");
    private static readonly NymCodecError BadAddress = Malformed("the address is not a nym address");
    private static readonly NymCodecError BadSenderTag = Malformed("the sender tag is not 16 bytes in base58");

    public static void Write(IBufferWriter<byte> output, NymResponse response)
    {
        switch (response)
        {
            case ErrorResponse error:
                var text = JsonObjects.Begin(output, "error"u8);
                text.WriteString("message"u8, NymErrorCodes.ToText(error));
                text.End();
                break;
            case ReceivedResponse received:
                WriteReceived(output, received);
                break;
            case SelfAddressResponse self:
                var address = JsonObjects.Begin(output, "selfAddress"u8);
                address.WriteString("address"u8, self.Address.ToBase58());
                address.End();
                break;
            case LaneQueueLengthResponse lane:
                WriteLane(output, lane);
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
        (response, error) = JsonMembers.Read(frame) is { } members ? Build(members) : (null, NotJson);
        return response is not null;
    }

    private static void WriteReceived(IBufferWriter<byte> output, ReceivedResponse received)
    {
        var writer = JsonObjects.Begin(output, "received"u8);
        writer.Message(received.Message.Span);
        if (received.SenderTag is { } tag)
        {
            writer.WriteString("senderTag"u8, tag.ToBase58());
        }
        else
        {
            writer.WriteNull("senderTag"u8);
        }

        writer.End();
    }

    private static void WriteLane(IBufferWriter<byte> output, LaneQueueLengthResponse lane)
    {
        var writer = JsonObjects.Begin(output, "laneQueueLength"u8);
        writer.WriteNumber("lane"u8, lane.Lane);
        writer.WriteNumber("queue_length"u8, lane.QueueLength);
        writer.End();
    }

    private static (NymResponse?, NymCodecError?) Build(JsonMembers members) => members switch
    {
        { Type: "received", Message: { } message } => BuildReceived(message, members.SenderTag),
        { Type: "selfAddress", Address: { } text } =>
            NymAddress.TryParse(text, out var address) ? (new SelfAddressResponse(address), null) : (null, BadAddress),
        { Type: "laneQueueLength", Lane: { } lane, QueueLength: { } length } => (new LaneQueueLengthResponse(lane, length), null),
        { Type: "error", Message: { } message } => (NymErrorCodes.FromText(Encoding.UTF8.GetString(message.Span)), null),
        { Type: "received" or "selfAddress" or "laneQueueLength" or "error" } => (null, Missing),
        _ => (null, UnknownType),
    };

    private static (NymResponse?, NymCodecError?) BuildReceived(ReadOnlyMemory<byte> message, string? senderTag)
    {
        if (senderTag is null)
        {
            return (new ReceivedResponse(message, null), null);
        }

        return SenderTag.TryParse(senderTag, out var tag) ? (new ReceivedResponse(message, tag), null) : (null, BadSenderTag);
    }

    private static NymCodecError Malformed(string detail) => new(NymErrorCode.MalformedResponse, detail);
}
