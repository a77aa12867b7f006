using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Requests in the JSON form. Whatever is wrong with one is <see cref="NymErrorCode.MalformedRequest"/>, an unknown type too: so nym-client says.</summary>
internal static class JsonRequests
{
    private static readonly NymCodecError NotJson = Malformed("not a JSON object with members of the right types, each once");
    private static readonly NymCodecError UnknownType = Malformed("no such type");
    private static readonly NymCodecError Missing = Malformed("a member is missing");
    private static readonly NymCodecError BadRecipient = Malformed("the recipient is not a nym address");
    private static readonly NymCodecError BadSenderTag = Malformed("the sender tag is not 16 bytes in base58");

    public static void Write(IBufferWriter<byte> output, NymRequest request)
    {
        switch (request)
        {
            case SendRequest send:
                WriteSend(output, send);
                break;
            case SendAnonymousRequest send:
                WriteSendAnonymous(output, send);
                break;
            case ReplyRequest reply:
                WriteReply(output, reply);
                break;
            case SelfAddressRequest:
                JsonObjects.Begin(output, "selfAddress"u8).End();
                break;
            default:
                throw new NotSupportedException($"A {request.GetType().Name} has no JSON form.");
        }
    }

    public static bool TryRead(
        ReadOnlyMemory<byte> frame,
        [NotNullWhen(true)] out NymRequest? request,
        [NotNullWhen(false)] out NymCodecError? error)
    {
        (request, error) = JsonMembers.Read(frame) is { } members ? Build(members) : (null, NotJson);
        return request is not null;
    }

    private static void WriteSend(IBufferWriter<byte> output, SendRequest send)
    {
        var writer = JsonObjects.Begin(output, "send"u8);
        writer.Message(send.Message.Span);
        writer.WriteString("recipient"u8, send.Recipient.ToBase58());
        writer.ConnectionId(send.ConnectionId);
        writer.End();
    }

    private static void WriteSendAnonymous(IBufferWriter<byte> output, SendAnonymousRequest send)
    {
        var writer = JsonObjects.Begin(output, "sendAnonymous"u8);
        writer.Message(send.Message.Span);
        writer.WriteString("recipient"u8, send.Recipient.ToBase58());
        writer.WriteNumber("replySurbs"u8, send.ReplySurbs);
        writer.ConnectionId(send.ConnectionId);
        writer.End();
    }

    private static void WriteReply(IBufferWriter<byte> output, ReplyRequest reply)
    {
        var writer = JsonObjects.Begin(output, "reply"u8);
        writer.WriteString("senderTag"u8, reply.SenderTag.ToBase58());
        writer.Message(reply.Message.Span);
        writer.ConnectionId(reply.ConnectionId);
        writer.End();
    }

    private static (NymRequest?, NymCodecError?) Build(JsonMembers members) => members.Type switch
    {
        "send" => BuildSend(members),
        "sendAnonymous" => BuildSendAnonymous(members),
        "reply" => BuildReply(members),
        "selfAddress" => (new SelfAddressRequest(), null),
        _ => (null, UnknownType),
    };

    private static (NymRequest?, NymCodecError?) BuildSend(JsonMembers members)
    {
        if (members is not { Message: { } message, Recipient: { } text })
        {
            return (null, Missing);
        }

        return NymAddress.TryParse(text, out var recipient)
            ? (new SendRequest(recipient, message, members.ConnectionId), null)
            : (null, BadRecipient);
    }

    private static (NymRequest?, NymCodecError?) BuildSendAnonymous(JsonMembers members)
    {
        if (members is not { Message: { } message, Recipient: { } text, ReplySurbs: { } replySurbs })
        {
            return (null, Missing);
        }

        return NymAddress.TryParse(text, out var recipient)
            ? (new SendAnonymousRequest(recipient, message, replySurbs, members.ConnectionId), null)
            : (null, BadRecipient);
    }

    private static (NymRequest?, NymCodecError?) BuildReply(JsonMembers members)
    {
        if (members is not { Message: { } message, SenderTag: { } text })
        {
            return (null, Missing);
        }

        return SenderTag.TryParse(text, out var tag)
            ? (new ReplyRequest(tag, message, members.ConnectionId), null)
            : (null, BadSenderTag);
    }

    private static NymCodecError Malformed(string detail) => new(NymErrorCode.MalformedRequest, detail);
}
