using System.Buffers;
using System.Security.Cryptography;

namespace NymDirectory.Signatures;

/// <summary>
/// Checks ECDSA P-256/SHA-256 signatures of one key: DER, in hex of either case. The key is imported once: an import and
/// its first use cost half a check, and two of them where <see cref="OpenSslKeys"/> are not usable. Safe for any number of threads at once.
/// </summary>
public sealed class SignatureVerifier
{
    // A DER signature of P-256 has at most 72 bytes.
    private const int MaxSignatureBytes = 72;

    private readonly P256PublicKey _key;

    // ECDsa instances are not promised to be thread-safe. One is kept; whoever finds it taken imports one of their own.
    private ECDsa? _idle;
    private volatile bool _isLetGo;

    /// <summary>Prepares to check signatures of <paramref name="key"/>.</summary>
    public SignatureVerifier(P256PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    /// <summary>Names the key.</summary>
    public KeyId KeyId => _key.KeyId;

    /// <summary>Whether an imported key is kept ready.</summary>
    public bool IsImported => Volatile.Read(ref _idle) is not null;

    /// <summary>Whether <paramref name="hexSignature"/> is this key's over <paramref name="data"/>. Never throws on bad input.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<char> hexSignature)
    {
        Span<byte> signature = stackalloc byte[MaxSignatureBytes];
        if (hexSignature.IsEmpty
            || hexSignature.Length > 2 * MaxSignatureBytes
            || Convert.FromHexString(hexSignature, signature, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, digest);
        return VerifyDigest(digest, signature[..length]);
    }

    /// <summary>
    /// Gives back what an imported key costs, some 7 KB that no garbage collector sees. It can still be used, but then imports the key for each check.
    /// </summary>
    public void LetGo()
    {
        _isLetGo = true;
        Interlocked.Exchange(ref _idle, null)?.Dispose();
    }

    private bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        ECDsa? ecdsa = null;
        try
        {
            ecdsa = Interlocked.Exchange(ref _idle, null) ?? _key.Import();
            return ecdsa.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            PutBack(ecdsa);
        }
    }

    private void PutBack(ECDsa? ecdsa)
    {
        if (ecdsa is null)
        {
            // Nobody's signature fits a point that is not on the curve.
            return;
        }

        if (Interlocked.CompareExchange(ref _idle, ecdsa, null) is not null)
        {
            ecdsa.Dispose();
        }
        else if (_isLetGo)
        {
            Interlocked.Exchange(ref _idle, null)?.Dispose();
        }
    }
}
