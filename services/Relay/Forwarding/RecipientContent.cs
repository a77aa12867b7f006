namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// What the recipient gets as <c>content</c>: <c>{"sender": …, "body": …[, "senderPublicKey": …]}</c>, its values as they came, byte for
/// byte. The recipient checks a signature over a print of the body, so that a number or an escape written differently would break it.
/// </summary>
internal static class RecipientContent
{
    private static ReadOnlySpan<byte> Sender => "{\"sender\": "u8;

    private static ReadOnlySpan<byte> Body => ", \"body\": "u8;

    private static ReadOnlySpan<byte> SenderPublicKey => ", \"senderPublicKey\": "u8;

    /// <summary>Builds it.</summary>
    public static byte[] Build(SignedContent content)
    {
        var body = content.BodyText.IsEmpty ? "null"u8 : content.BodyText.Span;
        var key = content.SenderPublicKeyText.Span;
        var keyLength = key.IsEmpty ? 0 : SenderPublicKey.Length + key.Length;
        var bytes = new byte[Sender.Length + content.SenderText.Length + Body.Length + body.Length + keyLength + 1];

        var rest = Append(bytes, Sender);
        rest = Append(rest, content.SenderText.Span);
        rest = Append(rest, Body);
        rest = Append(rest, body);
        if (!key.IsEmpty)
        {
            rest = Append(rest, SenderPublicKey);
            rest = Append(rest, key);
        }

        Append(rest, "}"u8);
        return bytes;
    }

    private static Span<byte> Append(Span<byte> to, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to);
        return to[text.Length..];
    }
}
