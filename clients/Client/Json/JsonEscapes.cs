using System.Globalization;
using System.Text;

namespace NymDirectory.Client.Json;

/// <summary>Resolves the escapes of a JSON string whose grammar was checked already.</summary>
internal static class JsonEscapes
{
    /// <summary>The characters that <paramref name="raw"/> (what stands between the quotes) means. Lone surrogates stay.</summary>
    public static string Resolve(ReadOnlySpan<byte> raw)
    {
        var escape = raw.IndexOf((byte)'\\');
        if (escape < 0)
        {
            return Encoding.UTF8.GetString(raw);
        }

        var text = new StringBuilder(raw.Length);
        while (escape >= 0)
        {
            text.Append(Encoding.UTF8.GetString(raw[..escape]));
            raw = raw[AppendEscape(text, raw[escape..], escape)..];
            escape = raw.IndexOf((byte)'\\');
        }

        return text.Append(Encoding.UTF8.GetString(raw)).ToString();
    }

    private static int AppendEscape(StringBuilder text, ReadOnlySpan<byte> escape, int start)
    {
        if (escape[1] == (byte)'u')
        {
            text.Append((char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            return start + 6;
        }

        text.Append(escape[1] switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            var itself => (char)itself,
        });
        return start + 2;
    }
}
