namespace NymDirectory.Compose.Receiver;

/// <summary>Counts what is in an export. All three signals nest alike: resources (1) of scopes (2) of items (2).</summary>
internal static class OtlpItems
{
    private static readonly int[] Path = [1, 2, 2];

    public static int Count(ReadOnlySpan<byte> export) => CountAt(0, export);

    private static int CountAt(int level, ReadOnlySpan<byte> message)
    {
        var count = 0;
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            var field = Take((int)(key & 7), ref message);
            if (key >> 3 == (ulong)Path[level])
            {
                count += level == Path.Length - 1 ? 1 : CountAt(level + 1, field);
            }
        }

        return count;
    }

    private static ReadOnlySpan<byte> Take(int wireType, ref ReadOnlySpan<byte> message)
    {
        var length = wireType switch
        {
            0 => SizeOfVarint(message),
            1 => 8,
            2 => (int)Varint(ref message),
            5 => 4,
            _ => throw new InvalidDataException($"wire type {wireType}"),
        };
        var field = message[..length];
        message = message[length..];
        return field;
    }

    private static int SizeOfVarint(ReadOnlySpan<byte> message) => message.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1;

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        var size = SizeOfVarint(message);
        for (var i = 0; i < size; i++)
        {
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
        }

        message = message[size..];
        return value;
    }
}
