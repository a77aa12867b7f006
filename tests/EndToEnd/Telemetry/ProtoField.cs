namespace NymDirectory.EndToEnd.Telemetry;

/// <summary>A field of a protobuf message whose schema is not at hand.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Bytes">Its bytes when it has a length; empty for numbers.</param>
internal readonly record struct ProtoField(int Number, byte[] Bytes)
{
    public static IReadOnlyList<ProtoField> Read(byte[] message)
    {
        var fields = new List<ProtoField>();
        for (var position = 0; position < message.Length;)
        {
            var key = Varint(message, ref position);
            var (skip, take) = (key & 7) switch
            {
                0 => (VarintLength(message, position), 0),
                1 => (8, 0),
                2 => (0, (int)Varint(message, ref position)),
                5 => (4, 0),
                var kind => throw new InvalidDataException($"wire type {kind}"),
            };
            fields.Add(new ProtoField((int)(key >> 3), message[position..(position + take)]));
            position += skip + take;
        }

        return fields;
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

    private static int VarintLength(byte[] message, int position)
    {
        var start = position;
        Varint(message, ref position);
        return position - start;
    }
}
