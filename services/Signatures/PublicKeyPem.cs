using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace NymDirectory.Signatures;

/// <summary>Finds the one PEM block that a public key may consist of (RFC 7468, section 13).</summary>
internal static class PublicKeyPem
{
    internal const string Label = "PUBLIC KEY";

    // A P-256 key has 178 characters; explicit line breaks and white space may add some.
    private const int MaxLength = 1024;

    internal static bool TryReadSingle(string? pem, [NotNullWhen(true)] out byte[]? der)
    {
        der = null;
        if (pem is null || pem.Length > MaxLength || !PemEncoding.TryFind(pem, out var fields))
        {
            return false;
        }

        var text = pem.AsSpan();
        var (start, end) = (fields.Location.Start.Value, fields.Location.End.Value);
        if (!text[..start].IsWhiteSpace() || !text[end..].IsWhiteSpace() || !text[fields.Label].SequenceEqual(Label))
        {
            return false;
        }

        var bytes = new byte[fields.DecodedDataLength];
        if (!Convert.TryFromBase64Chars(text[fields.Base64Data], bytes, out var written) || written != bytes.Length)
        {
            return false;
        }

        der = bytes;
        return true;
    }
}
