using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace NymDirectory.Signatures;

/// <summary>
/// DER SubjectPublicKeyInfo of P-256 (RFC 5480). BouncyCastle reads it, because it lets us see which curve was named and check
/// the point itself; the platform's import would take other curves and leave such checks to the first use.
/// </summary>
internal static class PublicKeyInfo
{
    // SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING { 04 ... } }: the bytes before X.
    private static readonly byte[] Prefix = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private const int CoordinateSize = 32;

    internal static readonly Range XRange = Prefix.Length..(Prefix.Length + CoordinateSize);

    internal static readonly Range YRange = (Prefix.Length + CoordinateSize)..(Prefix.Length + (2 * CoordinateSize));

    /// <summary>04, X and Y.</summary>
    internal static readonly Range PointRange = (Prefix.Length - 1)..(Prefix.Length + (2 * CoordinateSize));

    internal static bool HasCanonicalForm(ReadOnlySpan<byte> der) =>
        der.Length == Prefix.Length + (2 * CoordinateSize) && der.StartsWith(Prefix);

    internal static bool TryCanonicalize(byte[] der, [NotNullWhen(true)] out byte[]? canonical)
    {
        canonical = null;
        try
        {
            var info = SubjectPublicKeyInfo.GetInstance(Org.BouncyCastle.Asn1.Asn1Object.FromByteArray(der));
            // Only the named curve: explicit parameters could be a curve that resembles P-256 in all but its generator.
            if (!X9ObjectIdentifiers.IdECPublicKey.Equals(info.Algorithm.Algorithm)
                || !X9ObjectIdentifiers.Prime256v1.Equals(info.Algorithm.Parameters)
                || PublicKeyFactory.CreateKey(info) is not ECPublicKeyParameters { Q: { IsInfinity: false } point }
                || !point.IsValid())
            {
                return false;
            }

            canonical = [.. Prefix, .. point.Normalize().GetEncoded(compressed: false).AsSpan(1)];
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // BouncyCastle reports what is wrong by exceptions of many types. Whatever it was, it is not a key.
            return false;
        }
    }
}
