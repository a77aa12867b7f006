using System.Security.Cryptography;

namespace NymDirectory.Signatures;

/// <summary>
/// A public key of P-256 (secp256r1) that passed the door: exactly one PEM SubjectPublicKeyInfo, the named curve, a point on
/// it that is not infinity. Kept in one canonical form, whatever form it came in.
/// </summary>
public sealed class P256PublicKey : IEquatable<P256PublicKey>
{
    private readonly byte[] _subjectPublicKeyInfo;

    // Only where somebody asks for it: of most keys that are read, nobody does.
    private string? _pem;

    private P256PublicKey(byte[] subjectPublicKeyInfo)
    {
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        KeyId = KeyId.Of(subjectPublicKeyInfo);
    }

    /// <summary>Canonical PEM: 64 columns, LF, LF at the end.</summary>
    public string Pem => _pem ??= string.Concat(PemEncoding.WriteString(PublicKeyPem.Label, _subjectPublicKeyInfo), "\n");

    /// <summary>Names this key.</summary>
    public KeyId KeyId { get; }

    /// <summary>Canonical DER SubjectPublicKeyInfo, the point uncompressed; 91 bytes.</summary>
    public ReadOnlySpan<byte> SubjectPublicKeyInfo => _subjectPublicKeyInfo;

    /// <summary>Parses a key from outside. Strict; never throws, whatever it is given.</summary>
    /// <param name="pem">PEM text, or anything else.</param>
    /// <param name="key">The key, when the result is true.</param>
    public static bool TryParsePem(string? pem, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out P256PublicKey? key)
    {
        key = PublicKeyPem.TryReadSingle(pem, out var der) && PublicKeyInfo.TryCanonicalize(der, out var canonical)
            ? new P256PublicKey(canonical)
            : null;
        return key is not null;
    }

    /// <summary>Parses DER SubjectPublicKeyInfo with the same strictness. Never throws.</summary>
    public static bool TryParseDer(ReadOnlySpan<byte> der, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out P256PublicKey? key)
    {
        key = PublicKeyInfo.TryCanonicalize(der.ToArray(), out var canonical) ? new P256PublicKey(canonical) : null;
        return key is not null;
    }

    /// <summary>
    /// Takes back what <see cref="SubjectPublicKeyInfo"/> gave out before, without the cost of checking the point again.
    /// </summary>
    /// <exception cref="ArgumentException">It is not of the canonical form.</exception>
    public static P256PublicKey FromCanonical(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (!PublicKeyInfo.HasCanonicalForm(subjectPublicKeyInfo))
        {
            throw new ArgumentException("Not a canonical SubjectPublicKeyInfo of P-256.", nameof(subjectPublicKeyInfo));
        }

        return new P256PublicKey(subjectPublicKeyInfo.ToArray());
    }

    /// <summary>
    /// Takes back what <see cref="Pem"/> gave out before, without the cost of checking the point again; false for any other text.
    /// </summary>
    public static bool TryReadCanonicalPem(string? pem, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out P256PublicKey? key)
    {
        key = PublicKeyPem.TryReadSingle(pem, out var der) && PublicKeyInfo.HasCanonicalForm(der) ? new P256PublicKey(der) : null;
        return key is not null;
    }

    /// <summary>The key as the platform checks with it, by the cheaper way where there is one.</summary>
    /// <exception cref="CryptographicException">It came without a check of its point, and is none of the curve.</exception>
    internal ECDsa Import() => OperatingSystem.IsLinux() && OpenSslKeys.AreUsable
        ? OpenSslKeys.Import(_subjectPublicKeyInfo.AsSpan(PublicKeyInfo.PointRange))
        : ECDsa.Create(ToParameters());

    internal ECParameters ToParameters() => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint
        {
            X = _subjectPublicKeyInfo[PublicKeyInfo.XRange],
            Y = _subjectPublicKeyInfo[PublicKeyInfo.YRange],
        },
    };

    /// <inheritdoc/>
    public bool Equals(P256PublicKey? other) => other is not null && SubjectPublicKeyInfo.SequenceEqual(other.SubjectPublicKeyInfo);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as P256PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => KeyId.GetHashCode();

    /// <summary>Says what it is and nothing else: keys do not belong into logs.</summary>
    public override string ToString() => "P256PublicKey(redacted)";
}
