using System.Buffers.Text;
using System.Text;

namespace NymDirectory.Gateway.Protocol;

/// <summary>
/// Resolves the escapes of a JSON string. The platform's reader throws <see cref="InvalidOperationException"/> at a lone
/// surrogate; strangers can send those at will, and here they are an ordinary case.
/// </summary>
internal static class JsonEscapes
{
    /// <summary>Resolves a string token's inside, which a JSON reader has accepted. The result is never longer than the token.</summary>
    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="wellFormed">False when there was a lone surrogate; U+FFFD stands for each.</param>
    public static ReadOnlyMemory<byte> Resolve(ReadOnlySpan<byte> raw, out bool wellFormed)
    {
        var text = new byte[raw.Length];
        var written = 0;
        wellFormed = true;
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf((byte)'\\');
            plain = plain < 0 ? raw.Length : plain;
            raw[..plain].CopyTo(text.AsSpan(written));
            written += plain;
            raw = raw[plain..];
            if (!raw.IsEmpty)
            {
                written += ResolveOne(ref raw, text.AsSpan(written), ref wellFormed);
            }
        }

        return text.AsMemory(0, written);
    }

    private static int ResolveOne(ref ReadOnlySpan<byte> raw, Span<byte> text, ref bool wellFormed)
    {
        if (raw[1] == (byte)'u')
        {
            var rune = ResolveCodePoint(ref raw, ref wellFormed);
            return rune.EncodeToUtf8(text);
        }

        text[0] = raw[1] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            var itself => itself,
        };
        raw = raw[2..];
        return 1;
    }

    private static Rune ResolveCodePoint(ref ReadOnlySpan<byte> raw, ref bool wellFormed)
    {
        var first = CodeUnit(raw);
        raw = raw[6..];
        if (Rune.TryCreate(first, out var rune))
        {
            return rune;
        }

        if (raw.StartsWith("\\u"u8) && Rune.TryCreate(first, CodeUnit(raw), out rune))
        {
            raw = raw[6..];
            return rune;
        }

        wellFormed = false;
        return Rune.ReplacementChar;
    }

    private static char CodeUnit(ReadOnlySpan<byte> raw) => Utf8Parser.TryParse(raw.Slice(2, 4), out ushort unit, out _, 'x')
        ? (char)unit
        : throw new FormatException("No JSON reader accepts such an escape.");
}
