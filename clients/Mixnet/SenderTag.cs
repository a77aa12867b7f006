using System.Buffers.Binary;
using NymDirectory.Mixnet.Codecs;

namespace NymDirectory.Mixnet;

/// <summary>
/// The pseudonym under which nym-client keeps the reply blocks of one sender (nym's <c>AnonymousSenderTag</c>). Whoever knows it can take part of the
/// replies, so it is a secret and <see cref="ToString"/> does not show it. The default value is the tag of sixteen zero bytes.
/// </summary>
public readonly struct SenderTag : IEquatable<SenderTag>
{
    /// <summary>Length of a tag in bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private SenderTag(UInt128 value) => _value = value;

    /// <summary>Compares two tags byte by byte.</summary>
    public static bool operator ==(SenderTag left, SenderTag right) => left.Equals(right);

    /// <summary>Compares two tags byte by byte.</summary>
    public static bool operator !=(SenderTag left, SenderTag right) => !left.Equals(right);

    /// <summary>Reads the 16 bytes of a tag.</summary>
    /// <exception cref="ArgumentException">The length is not <see cref="Size"/>.</exception>
    public static SenderTag FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A sender tag has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        return new SenderTag(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>Reads the base58 form of a tag.</summary>
    public static bool TryParse(string? text, out SenderTag tag)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var valid = Base58Text.TryDecode(text, bytes);
        tag = valid ? FromBytes(bytes) : default;
        return valid;
    }

    /// <summary>Writes the 16 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter than <see cref="Size"/>.</exception>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    /// <summary>The 16 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The text form.</summary>
    public string ToBase58()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Base58Text.Encode(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(SenderTag other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SenderTag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Says what it is and not which one: tags must not slip into logs. See <see cref="ToBase58"/>.</summary>
    public override string ToString() => "SenderTag(redacted)";
}
