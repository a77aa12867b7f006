using System.Buffers;
using SimpleBase;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Base58 (Bitcoin alphabet) of values whose length is known beforehand, as addresses and tags are.</summary>
internal static class Base58Text
{
    private const int LongestValue = 32;

    // 58^44 > 256^32: no 32 bytes need more characters. Checked first, because decoding costs the square of the length.
    private const int LongestText = 44;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    public static string Encode(ReadOnlySpan<byte> value) => Base58.Bitcoin.Encode(value);

    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> value)
    {
        // SimpleBase 5.6.4 throws on characters outside ASCII, so it sees none but the alphabet's.
        if (text.IsEmpty || text.Length > LongestText || text.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        Span<byte> decoded = stackalloc byte[2 * LongestValue];
        if (!Base58.Bitcoin.TryDecode(text, decoded, out var written) || written != value.Length)
        {
            return false;
        }

        decoded[..written].CopyTo(value);
        return true;
    }
}
