using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// Reads a signed content without changing it. Nothing that a stranger can write makes it throw: what it cannot use has a
/// <see cref="ContentFault"/>. Of members given twice the last one counts.
/// </summary>
internal static class ContentReader
{
    /// <summary>How deep values may nest.</summary>
    public const int MaxDepth = 1000;

    private static readonly JsonReaderOptions Strict = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads the signed bytes; the slices of the result lie in them.</summary>
    public static ContentFault Read(ReadOnlyMemory<byte> signed, out SignedContent? content)
    {
        content = null;
        // The reader leaves bytes within strings unread: that they are UTF-8 must be known before they are passed on.
        if (!Utf8.IsValid(signed.Span))
        {
            return ContentFault.NotJson;
        }

        try
        {
            content = ReadValid(signed);
            return content is null ? ContentFault.NoParties : ContentFault.None;
        }
        catch (JsonException)
        {
            return ContentFault.NotJson;
        }
    }

    private static SignedContent? ReadValid(ReadOnlyMemory<byte> signed)
    {
        var reader = new Utf8JsonReader(signed.Span, Strict);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            ReadToEnd(ref reader);
            return null;
        }

        var members = ReadMembers(ref reader, signed);
        ReadToEnd(ref reader);
        return members.ToContent();
    }

    private static ContentMembers ReadMembers(ref Utf8JsonReader reader, ReadOnlyMemory<byte> signed)
    {
        var members = default(ContentMembers);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = ContentMemberNames.Of(reader);
            reader.Read();
            var name = member is ContentMember.Sender or ContentMember.Recipient ? Name(reader) : null;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Set(member, name, signed[start..(int)reader.BytesConsumed]);
        }

        return members;
    }

    private static string? Name(in Utf8JsonReader value)
    {
        if (value.TokenType != JsonTokenType.String)
        {
            return null;
        }

        return value.ValueIsEscaped ? JsonStringText.Decode(value.ValueSpan) : Encoding.UTF8.GetString(value.ValueSpan);
    }

    /// <summary>Whatever follows decides whether it was JSON at all.</summary>
    private static void ReadToEnd(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }
}
