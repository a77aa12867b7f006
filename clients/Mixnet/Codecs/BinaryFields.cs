using System.Buffers;
using System.Buffers.Binary;

namespace NymDirectory.Mixnet.Codecs;

/// <summary>Writes the fields of the binary form one after another.</summary>
internal static class BinaryFields
{
    public static IBufferWriter<byte> Byte(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
        return output;
    }

    public static IBufferWriter<byte> UInt32(this IBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
        return output;
    }

    public static IBufferWriter<byte> UInt64(this IBufferWriter<byte> output, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
        return output;
    }

    public static IBufferWriter<byte> Address(this IBufferWriter<byte> output, NymAddress address)
    {
        output.Write(address.Bytes);
        return output;
    }

    public static IBufferWriter<byte> Tag(this IBufferWriter<byte> output, SenderTag tag)
    {
        tag.CopyTo(output.GetSpan(SenderTag.Size));
        output.Advance(SenderTag.Size);
        return output;
    }

    public static void Data(this IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        output.UInt64((ulong)data.Length);
        output.Write(data);
    }
}
