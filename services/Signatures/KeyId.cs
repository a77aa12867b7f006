using System.Security.Cryptography;

namespace NymDirectory.Signatures;

/// <summary>Names a public key: the first 16 bytes of SHA-256 over its DER SubjectPublicKeyInfo.</summary>
public readonly record struct KeyId
{
    /// <summary>The number of bytes in an id.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private KeyId(UInt128 value) => _value = value;

    /// <summary>The id of the key with this canonical DER SubjectPublicKeyInfo.</summary>
    public static KeyId Of(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(subjectPublicKeyInfo, digest);
        return FromBytes(digest[..Size]);
    }

    /// <summary>Reads an id back.</summary>
    /// <exception cref="ArgumentException">The span has not exactly 16 bytes.</exception>
    public static KeyId FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("A key id has 16 bytes.", nameof(bytes));
        }

        return new KeyId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The 16 bytes of the id.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return bytes;
    }

    /// <summary>Says what it is and nothing else: a key id points at a person.</summary>
    public override string ToString() => "KeyId(redacted)";
}
