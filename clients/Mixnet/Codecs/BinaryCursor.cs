using System.Buffers.Binary;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Walks through the fields of a frame. Whoever takes a field has made sure that it is there: see <see cref="Remaining"/>.</summary>
internal ref struct BinaryCursor(ReadOnlyMemory<byte> frame)
{
    private int _position;

    public readonly int Remaining => frame.Length - _position;

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong)));

    public NymAddress Address() => NymAddress.FromBytes(Take(NymAddress.Size));

    public SenderTag Tag() => SenderTag.FromBytes(Take(SenderTag.Size));

    /// <summary>Reads a length and the data that must be the rest of the frame, neither less nor more.</summary>
    public bool TryData(out ReadOnlyMemory<byte> data)
    {
        var length = UInt64();
        data = frame[_position..];
        return length == (ulong)data.Length;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var field = frame.Span.Slice(_position, count);
        _position += count;
        return field;
    }
}
