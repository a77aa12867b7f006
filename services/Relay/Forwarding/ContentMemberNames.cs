using System.Text.Json;

namespace NymDirectory.Relay.Forwarding;

/// <summary>Recognises the members of a content, however their names are escaped.</summary>
internal static class ContentMemberNames
{
    /// <summary>The longest name, each of its letters written as <c>\uXXXX</c>: anything longer is another member.</summary>
    private const int LongestEscaped = 15 * 6;

    /// <summary>Which member the property name under the reader is. Never throws, unlike the reader's own comparison.</summary>
    public static ContentMember Of(in Utf8JsonReader name)
    {
        if (!name.ValueIsEscaped)
        {
            return Plain(name.ValueSpan);
        }

        return name.ValueSpan.Length > LongestEscaped ? ContentMember.Other : Unescaped(JsonStringText.Decode(name.ValueSpan));
    }

    private static ContentMember Plain(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("sender"u8) => ContentMember.Sender,
        _ when name.SequenceEqual("recipient"u8) => ContentMember.Recipient,
        _ when name.SequenceEqual("body"u8) => ContentMember.Body,
        _ when name.SequenceEqual("senderPublicKey"u8) => ContentMember.SenderPublicKey,
        _ => ContentMember.Other,
    };

    private static ContentMember Unescaped(string name) => name switch
    {
        "sender" => ContentMember.Sender,
        "recipient" => ContentMember.Recipient,
        "body" => ContentMember.Body,
        "senderPublicKey" => ContentMember.SenderPublicKey,
        _ => ContentMember.Other,
    };
}
