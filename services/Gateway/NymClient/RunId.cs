using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;

namespace NymDirectory.Gateway.NymClient;

/// <summary>
/// Names one life of nym-client's SURB store: 16 random bytes, new whenever the store was lost. Routes of another run are not live.
/// </summary>
internal readonly record struct RunId
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private RunId(UInt128 value) => _value = value;

    /// <summary>A run that nobody had before.</summary>
    public static RunId New()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return FromBytes(bytes);
    }

    /// <summary>Reads exactly 16 bytes; anything else is a broken invariant. For what others sent use <see cref="TryFromBytes"/>.</summary>
    public static RunId FromBytes(ReadOnlySpan<byte> bytes) =>
        TryFromBytes(bytes, out var run) ? run : throw new ArgumentException("A run id has 16 bytes.", nameof(bytes));

    /// <summary>Reads exactly 16 bytes; false for any other length.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out RunId run)
    {
        run = bytes.Length == Size ? new RunId(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
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

    /// <summary>Never the value: a run id joins what users of one node have in common.</summary>
    public override string ToString() => "RunId(…)";
}
