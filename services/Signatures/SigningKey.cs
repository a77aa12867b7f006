using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace NymDirectory.Signatures;

/// <summary>A private key of P-256 and what is done with it. Safe for any number of threads at once.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECParameters _parameters;

    // ECDsa instances are not promised to be thread-safe: as many as there are threads that sign at once.
    private readonly ConcurrentBag<ECDsa> _pool = [];

    private SigningKey(ECDsa key)
    {
        _parameters = key.ExportParameters(includePrivateParameters: true);
        // The platform checked the point when it imported or made the key, and writes it in the canonical form if the curve is named: BouncyCastle, 5 MB of
        // a service's memory, is for keys from outside.
        var info = key.ExportSubjectPublicKeyInfo();
        PublicKey = PublicKeyInfo.HasCanonicalForm(info)
            ? P256PublicKey.FromCanonical(info)
            : throw new CryptographicException("The key is not of P-256.");
        _pool.Add(key);
    }

    /// <summary>The public half.</summary>
    public P256PublicKey PublicKey { get; }

    /// <summary>Makes a new key.</summary>
    public static SigningKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads unencrypted PEM (PKCS#8, or SEC 1 as openssl also writes it).</summary>
    /// <exception cref="CryptographicException">It is not a private key of P-256.</exception>
    public static SigningKey FromPem(string pem) => Import(key => key.ImportFromPem(pem));

    /// <summary>Reads encrypted PKCS#8 PEM (PBES2, RFC 8018).</summary>
    /// <exception cref="CryptographicException">The passphrase is wrong, or it is not a private key of P-256.</exception>
    public static SigningKey FromEncryptedPem(string pem, string passphrase) => Import(key => key.ImportFromEncryptedPem(pem, passphrase));

    /// <summary>Unencrypted PKCS#8 PEM, LF at the end.</summary>
    public string ExportPem() => Use(key => key.ExportPkcs8PrivateKeyPem()) + "\n";

    /// <summary>PKCS#8 PEM encrypted by PBES2 (PBKDF2 with HMAC-SHA256, AES-256-CBC), which openssl reads; LF at the end.</summary>
    public string ExportEncryptedPem(string passphrase, int iterations) => Use(key => key.ExportEncryptedPkcs8PrivateKeyPem(
        passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterations))) + "\n";

    /// <summary>Signs with ECDSA/SHA-256; DER in lower-case hex.</summary>
    public string SignHex(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, digest);
        Span<byte> signature = stackalloc byte[DerSignature.FixedSize];
        var key = Rent();
        try
        {
            return key.TrySignHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out var length) && length == signature.Length
                ? DerSignature.WriteHex(signature)
                : throw new CryptographicException("A signature of P-256 is two numbers of 32 bytes.");
        }
        finally
        {
            _pool.Add(key);
        }
    }

    /// <summary>The x-coordinate that this key and another's public key have in common (ECDH), 32 bytes.</summary>
    public byte[] DeriveSharedSecret(P256PublicKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using var mine = ECDiffieHellman.Create(_parameters);
        using var theirs = ECDiffieHellman.Create(other.ToParameters());
        return mine.DeriveRawSecretAgreement(theirs.PublicKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_pool.TryTake(out var key))
        {
            key.Dispose();
        }

        CryptographicOperations.ZeroMemory(_parameters.D);
    }

    private static SigningKey Import(Action<ECDsa> import)
    {
        var key = ECDsa.Create();
        try
        {
            import(key);
            return new SigningKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException("It is not a private key of P-256, or the passphrase is wrong.");
        }
    }

    private ECDsa Rent() => _pool.TryTake(out var key) ? key : ECDsa.Create(_parameters);

    private T Use<T>(Func<ECDsa, T> use)
    {
        var key = Rent();
        try
        {
            return use(key);
        }
        finally
        {
            _pool.Add(key);
        }
    }
}
