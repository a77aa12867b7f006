using System.Buffers.Binary;

namespace NymDirectory.EndToEnd.Telemetry;

/// <summary>A field of a protobuf message whose schema is not at hand.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Bytes">Its bytes when it has a length; empty for numbers.</param>
/// <param name="Bits">A number's bits; 0 for what has a length.</param>
internal readonly record struct ProtoField(int Number, byte[] Bytes, ulong Bits)
{
    public static IReadOnlyList<ProtoField> Read(byte[] message)
    {
        var fields = new List<ProtoField>();
        for (var position = 0; position < message.Length;)
        {
            var key = Varint(message, ref position);
            fields.Add(ReadField((int)(key >> 3), key & 7, message, ref position));
        }

        return fields;
    }

    private static ProtoField ReadField(int number, ulong wireType, byte[] message, ref int position)
    {
        switch (wireType)
        {
            case 0:
                return new ProtoField(number, [], Varint(message, ref position));
            case 1:
                position += 8;
                return new ProtoField(number, [], BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(position - 8)));
            case 2:
                var length = (int)Varint(message, ref position);
                position += length;
                return new ProtoField(number, message[(position - length)..position], 0);
            case 5:
                position += 4;
                return new ProtoField(number, [], BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(position - 4)));
            default:
                throw new InvalidDataException($"wire type {wireType}");
        }
    }

    private static ulong Varint(byte[] message, ref int position)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[position++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
