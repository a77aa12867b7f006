using System.Buffers.Binary;
using Google.Protobuf;

namespace NymDirectory.Gateway.Sealing;

/// <summary>A sender tag as everything but the Gateway sees it: 16 bytes, equal for equal tags, worthless without the seal key.</summary>
internal readonly record struct SealedTag
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private SealedTag(UInt128 value) => _value = value;

    /// <summary>Reads exactly 16 bytes; anything else is a broken invariant. For what others sent use <see cref="TryFromBytes"/>.</summary>
    public static SealedTag FromBytes(ReadOnlySpan<byte> bytes) =>
        TryFromBytes(bytes, out var tag) ? tag : throw new ArgumentException("A sealed tag has 16 bytes.", nameof(bytes));

    /// <summary>Reads exactly 16 bytes; false for any other length.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out SealedTag tag)
    {
        tag = bytes.Length == Size ? new SealedTag(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return bytes.Length == Size;
    }

    /// <summary>Writes the 16 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    /// <summary>The 16 bytes as a field of a message.</summary>
    public ByteString ToByteString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return ByteString.CopyFrom(bytes);
    }

    /// <summary>Never the value: even sealed, a tag tells two messages of one user from others'.</summary>
    public override string ToString() => "SealedTag(…)";
}
