using System.Buffers;
using System.Globalization;
using System.Text;

namespace NymDirectory.Relay.Forwarding;

/// <summary>
/// The text of a JSON string that a <see cref="System.Text.Json.Utf8JsonReader"/> has already found well formed. Half a surrogate pair,
/// on which the reader's own <c>GetString</c> throws, becomes U+FFFD: no name has that, so it is simply the name of nobody.
/// </summary>
internal static class JsonStringText
{
    /// <summary>Decodes what stands between the quotes.</summary>
    public static string Decode(ReadOnlySpan<byte> escaped)
    {
        var chars = ArrayPool<char>.Shared.Rent(escaped.Length);
        try
        {
            var length = Unescape(escaped, chars);
            ReplaceHalfPairs(chars.AsSpan(0, length));
            return new string(chars, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private static int Unescape(ReadOnlySpan<byte> rest, Span<char> chars)
    {
        var length = 0;
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOf((byte)'\\');
            var run = plain < 0 ? rest : rest[..plain];
            length += Encoding.UTF8.GetChars(run, chars[length..]);
            rest = rest[run.Length..];
            if (!rest.IsEmpty)
            {
                chars[length++] = One(rest, out var used);
                rest = rest[used..];
            }
        }

        return length;
    }

    private static char One(ReadOnlySpan<byte> escape, out int used)
    {
        used = escape[1] == 'u' ? 6 : 2;
        return escape[1] switch
        {
            (byte)'u' => (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            var itself => (char)itself,
        };
    }

    private static void ReplaceHalfPairs(Span<char> chars)
    {
        for (var i = 0; i < chars.Length; i++)
        {
            if (!char.IsSurrogate(chars[i]))
            {
                continue;
            }

            if (char.IsHighSurrogate(chars[i]) && i + 1 < chars.Length && char.IsLowSurrogate(chars[i + 1]))
            {
                i++;
            }
            else
            {
                chars[i] = '\uFFFD';
            }
        }
    }
}
