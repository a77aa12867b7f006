using System.Buffers.Binary;

namespace NymDirectory.DirectoryService.Gateways;

/// <summary>The size that run ids, sealed tags, request ids and lease ids have in common, kept without an array.</summary>
internal readonly record struct SixteenBytes
{
    public const int Size = 16;

    private readonly UInt128 _value;

    private SixteenBytes(UInt128 value) => _value = value;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out SixteenBytes value)
    {
        var fits = bytes.Length == Size;
        value = fits ? new SixteenBytes(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return fits;
    }

    /// <summary>Reads what is known to have the right size, such as a column.</summary>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public static SixteenBytes Read(ReadOnlySpan<byte> bytes) =>
        TryRead(bytes, out var value) ? value : throw new ArgumentException("16 bytes were expected.", nameof(bytes));

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public void CopyTo(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);

    /// <summary>Says nothing: tags and requests do not belong into logs.</summary>
    public override string ToString() => "(redacted)";
}
