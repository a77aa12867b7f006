using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace NymDirectory.Client.Json;

/// <summary>Reads JSON from strangers. Never throws, whatever it is given.</summary>
internal static class JsonParser
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one JSON value that fills <paramref name="utf8"/>. At most 64 levels deep.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonValue? value)
    {
        value = null;

        // The reader below looks at strings only when they are asked for, so bytes that are not UTF-8 would pass.
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            var read = ReadValue(ref reader);

            // One more step: it throws when anything but white space follows.
            reader.Read();
            value = read;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The UTF-8 form of a text; false when it has none because of a lone surrogate.</summary>
    public static bool TryEncode(string text, [NotNullWhen(true)] out byte[]? utf8)
    {
        try
        {
            utf8 = StrictUtf8.GetBytes(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            utf8 = null;
            return false;
        }
    }

    private static JsonValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new JsonText(JsonEscapes.Resolve(reader.ValueSpan)),
        JsonTokenType.Number => new JsonNumber(Encoding.ASCII.GetString(reader.ValueSpan)),
        JsonTokenType.True => JsonWord.True,
        JsonTokenType.False => JsonWord.False,
        JsonTokenType.Null => JsonWord.Null,
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.StartObject => ReadMembers(ref reader),
        _ => throw new JsonException(),
    };

    private static JsonList ReadList(ref Utf8JsonReader reader)
    {
        var list = new JsonList();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Items.Add(ReadValue(ref reader));
        }

        return list;
    }

    private static JsonMembers ReadMembers(ref Utf8JsonReader reader)
    {
        var members = new JsonMembers();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonEscapes.Resolve(reader.ValueSpan);
            reader.Read();
            members.Add(name, ReadValue(ref reader));
        }

        return members;
    }
}
