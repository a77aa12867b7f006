using System.Formats.Asn1;

namespace NymDirectory.Signatures;

/// <summary>
/// Writes signatures of P-256 as DER (RFC 3279, section 2.2.3). The platform does so, too, with a writer of its own of 1 KB for each signature; this uses
/// the same writer again.
/// </summary>
internal static class DerSignature
{
    /// <summary>Size of r and s, one behind the other (IEEE P1363), in bytes.</summary>
    internal const int FixedSize = 64;

    private const int MaxSize = 72;

    [ThreadStatic]
    private static AsnWriter? _writer;

    /// <summary>DER in lower-case hex.</summary>
    /// <param name="signature">r and s, 32 bytes each.</param>
    internal static string WriteHex(ReadOnlySpan<byte> signature)
    {
        var writer = _writer ??= new AsnWriter(AsnEncodingRules.DER);
        writer.Reset();
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Shortest(signature[..(FixedSize / 2)]));
            writer.WriteIntegerUnsigned(Shortest(signature[(FixedSize / 2)..]));
        }

        Span<byte> der = stackalloc byte[MaxSize];
        return Convert.ToHexStringLower(der[..writer.Encode(der)]);
    }

    // A number that begins with zeros is written without them; neither can be zero itself.
    private static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number) => number.TrimStart((byte)0);
}
